import { html, raw } from 'hono/html'
import type { Html } from './layout.ts'
import type { Texts } from './texts.ts'

export interface Field {
  name: string
  label: string
  type?: 'text' | 'email' | 'password'
  value?: string
  autocomplete: string
  autofocus?: boolean
  error?: string | undefined
  hint?: string | undefined
  inputMode?: 'numeric'
  className?: string
}

/** A labelled input whose error, or else hint, is tied to it. */
export function field({ name, label, type = 'text', value = '', autocomplete, ...rest }: Field): Html {
  const { error, hint, autofocus = false, inputMode, className = '' } = rest
  const note = error ?? hint
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <div class="${type === 'password' ? 'with-button' : ''}">
      <input
        id="${name}"
        name="${name}"
        type="${type}"
        value="${value}"
        class="${className}"
        autocomplete="${autocomplete}"
        spellcheck="false"
        autocapitalize="none"
        ${inputMode ? raw(`inputmode="${inputMode}"`) : ''}
        ${autofocus ? 'autofocus' : ''}
        ${error ? raw('aria-invalid="true"') : ''}
        ${note ? raw(`aria-describedby="${name}-note"`) : ''}
      />
      ${type === 'password' ? html`<span data-reveal="${name}"></span>` : ''}
    </div>
    ${note ? html`<p class="${error ? 'error' : 'hint'}" id="${name}-note" ${error ? raw('role="alert"') : ''}>${note}</p>` : ''}
  </div>`
}

const eye =
  '<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" aria-hidden="true">' +
  '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z"/><circle cx="12" cy="12" r="2.8"/>' +
  '<path class="slash" d="M4 20 20 4"/></svg>'

/** Turns every password's placeholder into a button that shows what is typed. Without scripts there is none. */
export function revealScript({ show, hide }: Texts): Html {
  return html`<script>
    for (const slot of document.querySelectorAll('[data-reveal]')) {
      const input = document.getElementById(slot.dataset.reveal)
      const button = Object.assign(document.createElement('button'), { type: 'button', className: 'icon' })
      button.innerHTML = ${raw(JSON.stringify(eye))}
      const update = (shown) => {
        input.type = shown ? 'text' : 'password'
        button.setAttribute('aria-pressed', shown)
        button.setAttribute('aria-label', shown ? ${raw(JSON.stringify(hide))} : ${raw(JSON.stringify(show))})
      }
      button.addEventListener('click', () => update(input.type === 'password'))
      update(false)
      slot.replaceWith(button)
    }
  </script>`
}
