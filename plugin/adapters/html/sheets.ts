const part = '[data-lowgate-show]'
const gone = '{display:none!important}'
const unseen = '{visibility:hidden!important}'

/** What is important in a layer wins over what is important outside of one, such as Bootstrap's `.visible`. */
const toLayer = (rules: string) => `@layer{${rules}}`

const toSelectors = (conditions: readonly string[]) =>
  `:is(${conditions.map((condition) => `[data-lowgate-show="${CSS.escape(condition)}"]`).join()})`

/** Hides every part but those with one of these conditions, also parts that come later. */
export const showOnly = (conditions: readonly string[]): string =>
  toLayer(`${part}:not(${toSelectors(conditions)})${gone}`)

/** Keeps the places of all parts without showing them, but for those with one of these conditions. */
export const keepPlaces = (but: readonly string[]): string =>
  toLayer(`${part},${part} *${unseen}${toSelectors(but)}${gone}`)

/** No policy against inline styles forbids such a sheet, and no framework that owns the document’s head removes it. */
export function addSheet(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(text)
  document.adoptedStyleSheets.push(sheet)
  return sheet
}

/** Hides the page until the sheet is disabled. What is beside the body, such as our dialog, stays. */
export const addCover = (): CSSStyleSheet => addSheet(toLayer(`body,body *${unseen}`))
