import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { parse } from 'vue/compiler-sfc'
import { editorPanels, type ManifestPanel, type ManifestProp } from '../contract/index.ts'
import { root } from './set-up.mjs'

const entry = readFileSync(join(root, 'editor/index.ts'), 'utf8')

/** The script of a component that `@lowgate/editor` exports. */
function scriptOf(component: string): ts.SourceFile {
  const name = component.split('#')[1]
  const [, path] = new RegExp(`default as ${name}\\b[^}]*} from '(.+)'`).exec(entry) ?? []
  if (!path) throw new Error(`editor/index.ts exports no component ${name}.`)
  const file = join(root, 'editor', path)
  const { scriptSetup } = parse(readFileSync(file, 'utf8'), { filename: file }).descriptor
  return ts.createSourceFile(file, scriptSetup?.content ?? '', ts.ScriptTarget.Latest, true)
}

const oneLine = (text: string) =>
  text
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .replace(/\s+/g, ' ')
    .trim()
const summaryOf = (node: ts.Node) => {
  const [documented] = ts.getJSDocCommentsAndTags(node)
  const words =
    documented && ts.isJSDoc(documented) ? ts.getTextOfJSDocComment(documented.comment) : undefined
  return words ? { summary: oneLine(words) } : {}
}

/** From the interface that is exported beside the component: each member is a prop. */
const propsOf = (script: ts.SourceFile): ManifestProp[] =>
  script.statements
    .filter(ts.isInterfaceDeclaration)
    .filter(({ name }) => name.text.endsWith('Props'))
    .flatMap(({ members }) => [...members])
    .filter(ts.isPropertySignature)
    .map((member) => ({
      name: member.name.getText(),
      type: oneLine(member.type?.getText() ?? 'unknown'),
      required: !member.questionToken,
      ...summaryOf(member),
    }))

/** From each `const … = defineModel<…>('name', { … })`. */
const modelsOf = (script: ts.SourceFile): ManifestProp[] =>
  script.statements.filter(ts.isVariableStatement).flatMap((statement) => {
    const call = statement.declarationList.declarations[0]?.initializer
    if (!call || !ts.isCallExpression(call) || call.expression.getText() !== 'defineModel') return []
    const [first, second] = call.arguments
    const isNamed = first && ts.isStringLiteral(first)
    const options = isNamed ? second : first
    return {
      name: isNamed ? first.text : 'modelValue',
      type: oneLine(call.typeArguments?.[0]?.getText() ?? 'unknown'),
      required: /\brequired: true\b/.test(options?.getText() ?? ''),
      ...summaryOf(statement),
    }
  })

/** The panels of the manifest, with the props and models that their components declare. */
export const describePanels = (): ManifestPanel[] =>
  editorPanels.map((panel) => {
    const script = scriptOf(panel.component)
    return {
      ...panel,
      style: '@lowgate/editor/style.css',
      props: propsOf(script),
      models: modelsOf(script),
    }
  })
