import { dirname, posix } from 'node:path'

/** The table of rooms in src/README.md as a function: what a file of a room may import. */

interface Import {
  /** As written. */
  readonly from: string
  /** Below src/, for one of our own; null for a package or a Node module. */
  readonly path: string | null
  readonly typeOnly: boolean
}

const RECORD_KEEPING = ['people', 'floor', 'casework', 'quality', 'insight']

/** State machines. */
const PURE = ['contact-center', 'cases']

/** The pure core has no time, no chance, and waits for nothing; `Date` as a type of a value is no clock. */
const IMPURE =
  /\b(Date\.now|new Date|Math\.random|set(?:Timeout|Interval|Immediate)|performance\.|crypto\.|process\.|await |async )/

/**
 * @param file path below src/, such as `floor/screen-pops/store.ts`
 * @returns one sentence for each thing that the table forbids
 */
export function forbiddenIn(file: string, source: string): string[] {
  const problems = importsOf(file, source)
    .filter(one => !mayImport(file, one))
    .map(one => `${file} must not import ${one.from}${one.typeOnly ? ' (type)' : ''}`)
  if (!PURE.some(room => file.startsWith(`${room}/`))) return problems
  const impure = IMPURE.exec(withoutComments(source))
  return impure === null ? problems : [...problems, `${file} must not use ${impure[1]?.trim()}`]
}

function mayImport(file: string, one: Import): boolean {
  const [room = ''] = file.split('/')
  if (file.startsWith('database/migrations/')) return one.from === 'kysely'
  if (one.path === null) return !PURE.includes(room) && room !== 'kernel'
  const [to = ''] = one.path.split('/')
  if (!file.includes('/')) return true
  if (roomOf(file) === roomOf(one.path)) return true
  switch (room) {
    case 'kernel':
      return false
    case 'contact-center':
    case 'cases':
      return to === 'kernel'
    case 'database':
      return to === 'kernel' || ((to === 'contact-center' || to === 'cases') && one.typeOnly)
    case 'demo-city':
      return to === 'kernel' || to === 'cases' || to === 'database' || isRecordKeepingIndex(one)
    case 'engine':
      return to === 'contact-center' || to === 'kernel'
    case 'adapters':
      return to === 'kernel' || isRealTimeType(one) || isProviderPort(one)
    case 'sim':
      return to === 'engine' || to === 'contact-center' || to === 'kernel'
    case 'web':
      return one.typeOnly && (to === 'kernel' || to === 'cases' || one.path.endsWith('/schema.ts'))
    case 'server':
      return to !== 'web' && one.path !== 'main.ts'
    default:
      if (!RECORD_KEEPING.includes(room)) throw new Error(`${room} is no room of src/README.md`)
      if (to === 'cases') return true
      return to === 'kernel' || to === 'database' || isRealTimeType(one) || isRecordKeepingIndex(one)
  }
}

/** Types of the real-time rooms, erased when run: states, events, and the engine's ports. */
function isRealTimeType(one: Import): boolean {
  const [to = ''] = one.path?.split('/') ?? []
  return one.typeOnly && (to === 'engine' || to === 'contact-center')
}

/** What a record-keeping room asks of a vendor, as types: `provider.ts`. */
function isProviderPort({ path, typeOnly }: Import): boolean {
  return (
    typeOnly &&
    RECORD_KEEPING.some(family => path?.startsWith(`${family}/`)) &&
    path?.endsWith('/provider.ts') === true
  )
}

function isRecordKeepingIndex({ path }: Import): boolean {
  return RECORD_KEEPING.some(family => path?.startsWith(`${family}/`)) && path?.endsWith('/index.ts') === true
}

/** In a family of rooms each folder is one (`floor/screen-pops`, `adapters/asterisk`); elsewhere the whole. */
function roomOf(path: string): string {
  const [family = '', folder = ''] = dirname(path).split('/')
  return family === 'adapters' || RECORD_KEEPING.includes(family) ? `${family}/${folder}` : family
}

function importsOf(file: string, source: string): Import[] {
  const code = withoutComments(source)
  const found: Import[] = []
  for (const [, keyword = '', clause = '', from = ''] of code.matchAll(
    /^[ \t]*(import|export)\b([^'"`;=]*?)\bfrom\s*['"]([^'"]+)['"]/gm,
  )) {
    found.push({ from, path: ownPath(file, from), typeOnly: isTypeOnly(keyword, clause) })
  }
  for (const [, from = ''] of code.matchAll(/\bimport\s*\(?\s*['"]([^'"]+)['"]/g)) {
    found.push({ from, path: ownPath(file, from), typeOnly: false })
  }
  return found
}

/** `import type { A }`, or `import { type A, type B }`. */
function isTypeOnly(keyword: string, clause: string): boolean {
  if (/^\s*type\b/.test(clause)) return true
  const names = /\{([^}]*)\}/.exec(clause)?.[1]?.split(',') ?? []
  const listed = names.map(name => name.trim()).filter(name => name !== '')
  const onlyBraces = /^\s*\{[^}]*\}\s*$/.test(clause)
  return keyword === 'import' && onlyBraces && listed.every(name => name.startsWith('type '))
}

function ownPath(file: string, from: string): string | null {
  if (from.startsWith('#')) return from.slice(1)
  if (from.startsWith('.')) return posix.join(dirname(file), from)
  return null
}

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}
