import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import ts from 'typescript'

/** The ways in which customers' TypeScript finds types. */
export const resolutions: Record<string, ts.CompilerOptions> = {
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
}

/**
 * What TypeScript does not find of an installed package: modules that have no declarations, or declarations of
 * CommonJS, and files that its declarations import.
 *
 * @param folder of the app
 * @param modules that the app imports
 * @param resolution one of {@link resolutions}
 */
export function lostTypes(folder: string, name: string, modules: string[], resolution: string): string[] {
  const options = resolutions[resolution] ?? {}
  const cache = ts.createModuleResolutionCache(folder, (file) => file, options)
  const find = (specifier: string, from: string) =>
    ts.resolveModuleName(specifier, from, options, ts.sys, cache, undefined, ts.ModuleKind.ESNext)
      .resolvedModule?.resolvedFileName
  const isModule = (file: string | undefined) =>
    file?.endsWith('.d.ts') &&
    ts.getImpliedNodeFormatForFile(
      file,
      cache.getPackageJsonInfoCache(),
      ts.sys,
      resolutions.node16 ?? {},
    ) === ts.ModuleKind.ESNext
  const untyped = modules.filter((module) => !isModule(find(module, join(folder, 'app.ts'))))
  const inside = join(folder, 'node_modules', name)
  const declarations = readdirSync(inside, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.d.ts'))
    .map((file) => join(inside, file))
  const broken = declarations.flatMap((file) =>
    ts
      .preProcessFile(readFileSync(file, 'utf8'), true, true)
      .importedFiles.filter(({ fileName }) => !isBuiltin(fileName) && !find(fileName, file))
      .map(({ fileName }) => `${file}: ${fileName}`),
  )
  return [...untyped, ...broken]
}
