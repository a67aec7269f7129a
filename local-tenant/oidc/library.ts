/**
 * oidc-provider, without the line it prints at every start on Node 20 ("Unsupported runtime"): Lowgate runs its tests
 * there (docs/decisions/0011-node-20-floor.md). Every other warning is printed.
 */
const { warn } = console
console.warn = (...words: unknown[]) => {
  if (!String(words[0]).includes('Unsupported runtime')) warn(...words)
}
export const oidcProvider = await import('oidc-provider').finally(() => {
  console.warn = warn
})
