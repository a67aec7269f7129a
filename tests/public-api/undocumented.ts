import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { parse } from 'vue/compiler-sfc'

function readSource(file: string, text = readFileSync(file, 'utf8')): ts.SourceFile {
  const code = file.endsWith('.vue') ? (parse(text).descriptor.scriptSetup?.content ?? '') : text
  return ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true)
}

/** The modules themselves, and every file that they hand something on from. */
export function exportedFiles(modules: readonly string[]): string[] {
  const files = new Set(modules)
  // A set hands out what is added to it on the way.
  for (const file of files)
    for (const statement of readSource(file).statements)
      if (ts.isExportDeclaration(statement) && statement.moduleSpecifier) {
        const { text } = statement.moduleSpecifier as ts.StringLiteral
        if (text.startsWith('.')) files.add(join(dirname(file), text))
      }
  return [...files]
}

const inputs =
  /(Options|Config|Parts|Props|Request|Host|Item|Suggestion|PublicConnection|Settings|Rules|Group|Reference)$/

const isExportedInput = (node: ts.InterfaceDeclaration | ts.TypeAliasDeclaration) =>
  inputs.test(node.name.text) && node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)

/** The members of a type or schema that is there to be filled in by somebody else. */
function membersToDocument(node: ts.Node): readonly ts.Node[] {
  if (ts.isInterfaceDeclaration(node)) {
    return isExportedInput(node) ? node.members : []
  }
  if (ts.isTypeAliasDeclaration(node)) {
    return isExportedInput(node) && ts.isTypeLiteralNode(node.type) ? node.type.members : []
  }
  if (!ts.isCallExpression(node)) return []
  const [type] = node.typeArguments ?? []
  const [argument] = node.arguments
  switch (node.expression.getText()) {
    case 'defineProps':
    case 'defineEmits':
      return type && ts.isTypeLiteralNode(type) ? type.members : []
    case 'defineModel':
      // A model without a name is what the component is for.
      return argument && ts.isStringLiteral(argument) ? [node.parent] : []
    case 'z.strictObject':
      // A schema of a type has its comments there.
      if (ts.isSatisfiesExpression(node.parent)) return []
      return argument && ts.isObjectLiteralExpression(argument) ? argument.properties : []
    default:
      return []
  }
}

/** Options, props, events and named models that have no comment of their own, as `file: name`. */
export function findUndocumented(file: string, text?: string): string[] {
  const missing: string[] = []
  const visit = (node: ts.Node) => {
    for (const member of membersToDocument(node)) {
      const { name } = member as ts.NamedDeclaration
      const isDocumented = ts.getJSDocCommentsAndTags(member).length > 0
      if (!isDocumented) missing.push(`${file}: ${name?.getText() ?? 'a member'}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(readSource(file, text))
  return missing
}
