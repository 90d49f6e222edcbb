/** A JSON schema as openapi.json has it, as far as a sample needs it. */
export interface Schema {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly minItems?: number
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly format?: string
}

const FORMATS: Readonly<Record<string, string>> = {
  uuid: '00000000-0000-7000-8000-000000000000',
  date: '2026-12-01',
  'date-time': '2026-12-01T08:00:00+08:00',
}

/** Words that fit the patterns there are; a new pattern may need one more. */
const WORDS = [
  '1',
  '1001',
  '110',
  '12345',
  '460901',
  'a',
  'ab',
  '2026',
  '2026-12-01',
  '08:00',
  'f'.repeat(32),
  '栈桥',
  'x'.repeat(12),
]

/** What a field of this name is given in place of a word: something that there is (tests/support/roles.ts). */
const NAMED: Readonly<Record<string, string>> = { unit: 'east', to: 'quay' }

/** The smallest value that a schema takes. */
export function sample(schema: Schema): unknown {
  const [choice] = schema.anyOf ?? []
  if (choice !== undefined) return sample(choice)
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map(name => [name, fieldOf(name, schema.properties?.[name] ?? {})]),
      )
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}))
    case 'integer':
    case 'number':
      return schema.minimum ?? (schema.exclusiveMinimum ?? 0) + 1
    case 'boolean':
      return false
    case 'null':
      return null
    case 'string':
      return word(schema)
    default:
      return {}
  }
}

function fieldOf(name: string, schema: Schema): unknown {
  const isWord = schema.type === 'string' && schema.enum === undefined && schema.const === undefined
  const named = isWord ? NAMED[name] : undefined
  return named !== undefined &&
    new RegExp(schema.pattern ?? '', 'u').test(named) &&
    schema.format === undefined
    ? named
    : sample(schema)
}

function word({ format, pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY }: Schema): string {
  if (format !== undefined) {
    const known = FORMATS[format]
    if (known === undefined) throw new Error(`no sample of format ${format}`)
    return known
  }
  const fits = new RegExp(pattern ?? '', 'u')
  const found = ['', ...WORDS].find(
    text => fits.test(text) && text.length >= minLength && text.length <= maxLength,
  )
  if (found === undefined) throw new Error(`no sample of ${pattern}, ${minLength} to ${maxLength} long`)
  return found
}
