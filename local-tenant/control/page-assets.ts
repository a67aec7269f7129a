/** What the tenant's own page adds to the style of the login pages. */
export const pageStyles = /* css */ `
.operator { justify-content: flex-start; align-items: stretch; }
.operator main { max-width: 960px; margin: 0 auto; padding: 32px 36px; }
.operator header { display: flex; align-items: center; gap: 16px; margin-bottom: 20px; }
.operator .mark { margin: 0; flex: none; }
.operator h1, .operator .lede { text-align: left; }
.operator .lede { margin-top: 2px; }
.operator header + *, .operator h1 + .lede { margin-top: 0; }
.operator h2 { margin: 36px 0 12px; font-size: 18px; font-weight: 650; letter-spacing: -0.006em; }
.operator footer { max-width: none; }
.operator p { margin: 0; }
.operator .levers { display: flex; flex-wrap: wrap; gap: 8px; }
.operator .button { width: auto; min-height: 36px; padding: 5px 12px; font-size: 14px; }
.operator .button:disabled { opacity: 0.5; cursor: not-allowed; }
.search { gap: 6px; margin-bottom: 12px; }
.row { display: flex; gap: 8px; }
.row .button { min-height: 44px; }
.rows { margin: 0; padding: 0; list-style: none; border-top: 1px solid var(--line); }
.rows:not(:has(> li)) { display: none; }
.rows > li { display: flex; flex-wrap: wrap; align-items: flex-start; justify-content: space-between; gap: 10px 24px; padding: 14px 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; min-width: 0; }
.rows p { line-height: 1.4; }
.who { flex: 1 1 280px; min-width: 0; display: grid; gap: 4px; }
.muted { color: var(--muted); font-size: 14px; }
.flag { padding: 1px 8px; border-radius: 999px; background: var(--danger-soft); color: var(--danger); font-size: 13px; font-weight: 600; }
fieldset { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 4px 0 0; padding: 0; border: 0; }
legend { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.box { display: flex; align-items: center; gap: 8px; min-height: 28px; font-weight: 400; }
.box input { width: 18px; min-height: 18px; height: 18px; margin: 0; accent-color: var(--accent); }
.requests > li { justify-content: flex-start; padding: 8px 0; font-size: 14px; }
.requests code { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, monospace; flex: 1 1 200px; min-width: 0; }
.status { min-width: 34px; font-variant-numeric: tabular-nums; font-weight: 600; }
.status[data-bad='true'] { color: var(--danger); }
.told { position: fixed; inset: auto 16px 16px auto; max-width: calc(100vw - 32px); padding: 10px 16px; border-radius: 8px; background: var(--text); color: var(--surface); font-size: 14px; z-index: 1; }
.told:empty { display: none; }
@media (max-width: 480px) { .operator main { padding: 24px 20px; max-width: none; } }
`

/**
 * Sends what an element's attributes say to the control API, then shows the current page, with the focus where
 * it was. Looks by itself every four seconds, while nobody types.
 */
export const pageScript = /* js */ `
const page = document.getElementById('page')
const told = document.getElementById('told')
async function look() {
  const text = await (await fetch(location.href)).text()
  const next = new DOMParser().parseFromString(text, 'text/html').getElementById('page')
  if (!next || next.innerHTML === page.innerHTML) return
  const focused = document.activeElement && document.activeElement.id
  page.innerHTML = next.innerHTML
  const again = focused && document.getElementById(focused)
  if (again) again.disabled ? again.closest('li').querySelector('button').focus() : again.focus()
}
async function act({ id, dataset }) {
  const response = await fetch('/control' + dataset.path, {
    method: dataset.method,
    headers: { 'content-type': 'application/json' },
    body: dataset.body,
  })
  const problem = response.ok ? undefined : (await response.json().catch(() => ({}))).error
  told.textContent = response.ok ? dataset.told : problem || 'The tenant answered ' + response.status
  setTimeout(() => (told.textContent = ''), 4000)
  await look()
}
page.addEventListener('click', ({ target }) => {
  const lever = target.closest('button[data-path]')
  if (lever) act(lever)
})
page.addEventListener('change', ({ target }) => { if (target.dataset.path) act(target) })
setInterval(() => {
  if (document.activeElement.type !== 'search' && !document.hidden) look().catch(() => undefined)
}, 4000)
`
