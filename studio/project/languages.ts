/** What can be written in several languages: fields of a block, the name of a page. */
interface Translatable {
  translations?: Record<string, Record<string, string>> | undefined
}

/** The text of a field in a language; `undefined` where it is not translated. */
export const translated = (
  { translations }: Translatable,
  language: string,
  field: string,
): string | undefined => translations?.[language]?.[field] || undefined

/** Writes the text of a field in a language; an empty one is taken away. */
export function setTranslation(entry: Translatable, language: string, field: string, text: string): void {
  const { [language]: texts = {}, ...others } = entry.translations ?? {}
  const kept = Object.entries(texts).filter(([name]) => name !== field)
  const written = Object.fromEntries(text ? [...kept, [field, text]] : kept)
  entry.translations = Object.keys(written).length ? { ...others, [language]: written } : others
}

/** The language that a path starts with, such as `/fr/prices`, and the path without it. */
export function splitLanguage(
  path: string,
  languages: readonly string[],
): { language: string; path: string } {
  const [first = 'en', ...others] = languages
  const [, segment = '', ...rest] = path.split('/')
  return others.includes(segment)
    ? { language: segment, path: `/${rest.join('/')}` }
    : { language: first, path }
}

/** What a language calls itself: `Deutsch` for `de`. */
export function nameOfLanguage(code: string): string {
  try {
    const name = new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code
    return name.slice(0, 1).toLocaleUpperCase(code) + name.slice(1)
  } catch {
    return code
  }
}
