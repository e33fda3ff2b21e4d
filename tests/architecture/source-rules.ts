import ts from 'typescript'

/** Hard limits; the wish is half of it. */
const LONGEST_FILE = 400
const LONGEST_WORKER = 80

const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/
const NAMELESS_DRAWERS = /^(utils?|helpers?|misc|common|stuff)$/
/** Tools ask for a default export in their settings; a module of styles is typed with one. */
const MAY_EXPORT_DEFAULT = /(^|\/)[\w.-]+\.config\.ts$|\.d\.ts$/

const KINDS: Record<string, ts.ScriptKind> = { '.tsx': ts.ScriptKind.TSX, '.mjs': ts.ScriptKind.JS }

const countLines = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0)

const checkName = (path: string): string[] => {
  const parts = path.split('/')
  const faults = parts.filter((part) => !KEBAB_CASE.test(part)).map((part) => `${part} is not kebab-case`)
  const stems = parts.map((part) => part.replace(/\..*$/, ''))
  return [
    ...faults,
    ...stems.filter((stem) => NAMELESS_DRAWERS.test(stem)).map((stem) => `${stem} says nothing`),
  ]
}

const checkLength = (path: string, text: string): string[] => {
  const limit = path.startsWith('workers/') ? LONGEST_WORKER : LONGEST_FILE
  const lines = countLines(text)
  return lines > limit ? [`${lines} lines, at most ${limit}`] : []
}

const isDefaultExport = (node: ts.Node): boolean => {
  if (ts.isExportAssignment(node)) return true
  if (ts.isExportSpecifier(node)) return node.name.text === 'default'
  if (!ts.canHaveModifiers(node)) return false
  return ts.getModifiers(node)?.some((modifier) => modifier.kind === ts.SyntaxKind.DefaultKeyword) ?? false
}

const isWorkerStart = (node: ts.Node): boolean =>
  ts.isNewExpression(node) && /(^|\.)(Shared)?Worker$/.test(node.expression.getText())

const checkSyntax = (path: string, text: string): string[] => {
  const kind = KINDS[path.slice(path.lastIndexOf('.'))] ?? ts.ScriptKind.TS
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind)
  const faults: string[] = []
  const visit = (node: ts.Node): void => {
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1
    if (node.kind === ts.SyntaxKind.AnyKeyword) faults.push(`line ${line}: any`)
    if (ts.isEnumDeclaration(node)) faults.push(`line ${line}: enum`)
    if (isDefaultExport(node) && !MAY_EXPORT_DEFAULT.test(path)) faults.push(`line ${line}: default export`)
    if (isWorkerStart(node) && /^(web|workers)\//.test(path) && !path.startsWith('web/engine/')) {
      faults.push(`line ${line}: new Worker outside web/engine`)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return faults
}

/** What is wrong with one source file, in words; nothing where it keeps the rules of the house. */
export const checkSource = (path: string, text: string): string[] =>
  [...checkName(path), ...checkLength(path, text), ...checkSyntax(path, text)].map(
    (fault) => `${path}: ${fault}`,
  )
