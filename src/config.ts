import { isIP } from 'node:net'
import { homedir } from 'node:os'
import { resolve } from 'node:path'
import { type NumberForm, parseForm, parseNumbers } from './casework/masking/provider-numbers.ts'
import { shownActs } from './floor/supervision-log/rules.ts'
import { isLoopback } from './people/single-sign-on/rules.ts'
import { SETTINGS, type SettingName } from './settings.ts'

/** Every setting, read once, typed and frozen. Source: the environment, after `.env` (npm start reads it). */
export type Config = Readonly<ReturnType<typeof read>>

/** Names every wrong setting at once, so that the operator edits the file one time. */
export class WrongSettings extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(`wrong settings:\n${problems.map(problem => `  ${problem}`).join('\n')}`)
    this.problems = problems
  }
}

/** @throws WrongSettings when a value does not fit, or a HOTLINE_ variable is no setting (a typing slip). */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = []
  for (const name of Object.keys(env)) {
    if (name.startsWith('HOTLINE_') && !(name in SETTINGS)) problems.push(`${name} is not a setting`)
  }
  const config = read(new Reader(env, problems))
  for (const address of config.trunkAddresses) {
    if (!isAddressOrNetwork(address)) {
      problems.push(`HOTLINE_TRUNK_ADDRESSES holds "${address}", which is neither an address nor a network`)
    }
  }
  if (config.trunkUri !== null && !TRUNK_URI.test(config.trunkUri)) {
    problems.push(
      `HOTLINE_TRUNK_URI is "${config.trunkUri}"; it takes sip:HOST:PORT or sip:HOST:PORT;transport=tcp`,
    )
  }
  if (!/^[0-9]{2,20}$/.test(config.mainLine)) {
    problems.push(`HOTLINE_MAIN_LINE is "${config.mainLine}"; it takes the digits of a line`)
  }
  if (config.maskAccessNumber !== null && !/^[0-9]{2,20}$/.test(config.maskAccessNumber)) {
    problems.push(`HOTLINE_MASK_ACCESS_NUMBER is "${config.maskAccessNumber}"; it takes digits, or none`)
  }
  for (const network of config.webhookNetworks) {
    if (!isAddressOrNetwork(network)) {
      problems.push(`HOTLINE_WEBHOOK_NETWORKS holds "${network}", which is neither an address nor a network`)
    }
  }
  for (const prefix of config.deniedPrefixes) {
    if (!/^[0-9]{1,20}$/.test(prefix)) {
      problems.push(`HOTLINE_DENIED_PREFIXES holds "${prefix}", which is no beginning of a number`)
    }
  }
  if (config.databaseUrl !== null && !/^postgres(ql)?:\/\//.test(config.databaseUrl)) {
    problems.push('HOTLINE_DATABASE_URL does not begin with postgres://')
  }
  problems.push(...signInProblems(config), ...maskProblems(config))
  if (problems.length === 0 && config.rtpPortMax - config.rtpPortMin < 99) {
    problems.push('HOTLINE_RTP_PORT_MAX must leave at least 100 ports above HOTLINE_RTP_PORT_MIN')
  }
  if (problems.length > 0) throw new WrongSettings(problems)
  return Object.freeze(config)
}

function signInProblems({ singleSignOn, localSignIn }: ReturnType<typeof read>): string[] {
  if (singleSignOn === null) {
    return localSignIn
      ? []
      : ['HOTLINE_LOCAL_SIGN_IN is no, and without HOTLINE_OIDC_ISSUER nobody could sign in']
  }
  const [issuer, publicUrl] = [URL.parse(singleSignOn.issuer), URL.parse(singleSignOn.publicUrl)]
  const problems: string[] = []
  if (issuer?.protocol !== 'https:' && !(issuer?.protocol === 'http:' && isLoopback(issuer))) {
    problems.push('HOTLINE_OIDC_ISSUER does not begin with https:// (http:// only on this machine)')
  }
  const isAddress =
    /^https?:$/.test(publicUrl?.protocol ?? '') && `${publicUrl?.search}${publicUrl?.hash}` === ''
  if (singleSignOn.publicUrl !== '' && !isAddress) {
    problems.push('HOTLINE_OIDC_REDIRECT_URL is no address such as https://12345.example')
  }
  return problems
}

/** A guess at the secret must be hopeless, at whatever rate. */
const LEAST_TOKEN = 16

function maskProblems({ maskCarrier }: ReturnType<typeof read>): string[] {
  if (maskCarrier === null) return []
  const problems: string[] = []
  const endpoint = URL.parse(maskCarrier.account.endpoint)
  if (endpoint?.protocol !== 'https:' && !(endpoint?.protocol === 'http:' && isLoopback(endpoint))) {
    problems.push('HOTLINE_MASK_ENDPOINT does not begin with https:// (http:// only on this machine)')
  }
  const { length } = maskCarrier.callbackToken
  if (length > 0 && length < LEAST_TOKEN) {
    problems.push(`HOTLINE_MASK_CALLBACK_TOKEN is shorter than ${LEAST_TOKEN} characters`)
  }
  return problems
}

/** It goes into the PBX's files, where more than these signs could mean something else. */
const TRUNK_URI = /^sip:([a-z0-9.-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?(;transport=(udp|tcp))?$/i

/** `10.0.0.1`, `10.0.0.0/24`, `2001:db8::/32`. */
function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const version = isIP(address)
  if (version === 0 || more.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

function read(from: Reader) {
  const dataDir = from.folder('HOTLINE_DATA_DIR')
  const pbxHttpHost = from.text('HOTLINE_PBX_HTTP_HOST')
  const pbxHttpPort = from.port('HOTLINE_PBX_HTTP_PORT')
  return {
    httpHost: from.text('HOTLINE_HTTP_HOST'),
    httpPort: from.port('HOTLINE_HTTP_PORT'),
    dataDir,
    cacheDir: from.folder('HOTLINE_CACHE_DIR'),
    recordingDir: from.optionalFolder('HOTLINE_RECORDING_DIR') ?? resolve(dataDir, 'recordings'),
    /** Null: the database is ours, embedded, on `databasePort`. */
    databaseUrl: from.optional('HOTLINE_DATABASE_URL'),
    databasePort: from.port('HOTLINE_DATABASE_PORT'),
    sipHost: from.text('HOTLINE_SIP_HOST'),
    sipPort: from.port('HOTLINE_SIP_PORT'),
    rtpPortMin: from.port('HOTLINE_RTP_PORT_MIN'),
    rtpPortMax: from.port('HOTLINE_RTP_PORT_MAX'),
    phoneCheckS: from.whole('HOTLINE_PHONE_CHECK_S', 0, 3_600),
    trunkAddresses: from.list('HOTLINE_TRUNK_ADDRESSES'),
    /** Null: no calls outside. */
    trunkUri: from.optional('HOTLINE_TRUNK_URI'),
    mainLine: from.text('HOTLINE_MAIN_LINE'),
    /** Null: short numbers are dialled themselves only. */
    maskAccessNumber:
      from.text('HOTLINE_MASK_ACCESS_NUMBER') === 'none' ? null : from.text('HOTLINE_MASK_ACCESS_NUMBER'),
    maskTerms: {
      grace_hours: from.whole('HOTLINE_MASK_GRACE_HOURS', 0, 8_760),
      most_days: from.whole('HOTLINE_MASK_MOST_DAYS', 1, 365),
      calls_a_day: from.whole('HOTLINE_MASK_CALLS_A_DAY', 1, 200),
      talk_minutes: from.whole('HOTLINE_MASK_TALK_MINUTES', 1, 240),
      records: from.yesNo('HOTLINE_MASK_RECORD'),
    },
    deniedPrefixes: from.list('HOTLINE_DENIED_PREFIXES').filter(prefix => prefix !== 'none'),
    pbxHttpHost,
    pbxHttpPort,
    ariUrl: from.optional('HOTLINE_ARI_URL') ?? `http://${pbxHttpHost}:${pbxHttpPort}`,
    ariUser: from.text('HOTLINE_ARI_USER'),
    /** Null: drawn once and kept in the data folder, readable by its owner only. */
    ariPassword: from.optional('HOTLINE_ARI_PASSWORD'),
    phoneWsUrl: from.optional('HOTLINE_PHONE_WS_URL') ?? `ws://${pbxHttpHost}:${pbxHttpPort}/ws`,
    opusenc: from.optional('HOTLINE_OPUSENC'),
    espeak: from.optional('HOTLINE_ESPEAK'),
    sox: from.optional('HOTLINE_SOX'),
    firstSeat: from.whole('HOTLINE_FIRST_SEAT', 1000, 9999),
    seatCount: from.whole('HOTLINE_SEAT_COUNT', 1, 1000),
    ringTimeoutMs: from.whole('HOTLINE_RING_TIMEOUT_MS', 1_000, 120_000),
    popAckTimeoutMs: from.whole('HOTLINE_POP_ACK_TIMEOUT_MS', 0, 5_000),
    wrapUpMs: from.whole('HOTLINE_WRAP_UP_MS', 0, 3_600_000),
    wrapUpExtensionMs: from.whole('HOTLINE_WRAP_UP_EXTENSION_MS', 0, 3_600_000),
    graceMs: from.whole('HOTLINE_SEAT_GRACE_MS', 0, 3_600_000),
    asksRating: from.yesNo('HOTLINE_ASK_RATING'),
    handoverHours: from.whole('HOTLINE_HANDOVER_HOURS', 0, 168),
    recordingSpareMiB: from.whole('HOTLINE_RECORDING_SPARE_MIB', 0, 1_000_000),
    /** The acts that an agent is told of. */
    showSupervision: from.acts('HOTLINE_SHOW_SUPERVISION'),
    webhookNetworks: from.list('HOTLINE_WEBHOOK_NETWORKS'),
    trustedProxies: from.list('HOTLINE_TRUSTED_PROXIES'),
    secureCookies: from.yesNo('HOTLINE_SECURE_COOKIES'),
    /** Null: none. */
    singleSignOn: singleSignOn(from),
    /** Null: this PBX masks with short numbers of its own. */
    maskCarrier: maskCarrier(from),
    localSignIn: from.yesNo('HOTLINE_LOCAL_SIGN_IN'),
    demoCity: from.yesNo('HOTLINE_DEMO_CITY'),
    logLevel: from.oneOf('HOTLINE_LOG_LEVEL', ['debug', 'info', 'warn', 'error'] as const),
  }
}

function singleSignOn(from: Reader) {
  if (from.optional('HOTLINE_OIDC_ISSUER') === null) return null
  return {
    issuer: from.text('HOTLINE_OIDC_ISSUER'),
    clientId: from.needed('HOTLINE_OIDC_CLIENT_ID', 'HOTLINE_OIDC_ISSUER'),
    clientSecret: from.needed('HOTLINE_OIDC_CLIENT_SECRET', 'HOTLINE_OIDC_ISSUER'),
    publicUrl: from.needed('HOTLINE_OIDC_REDIRECT_URL', 'HOTLINE_OIDC_ISSUER'),
  }
}

function maskCarrier(from: Reader) {
  if (from.oneOf('HOTLINE_MASK_PROVIDER', ['pbx', 'aliyun'] as const) === 'pbx') return null
  const by = 'HOTLINE_MASK_PROVIDER'
  from.needed('HOTLINE_MASK_NUMBERS', by)
  return {
    account: {
      endpoint: from.text('HOTLINE_MASK_ENDPOINT'),
      accessKeyId: from.needed('HOTLINE_MASK_ACCESS_KEY_ID', by),
      accessKeySecret: from.needed('HOTLINE_MASK_ACCESS_KEY_SECRET', by),
      poolKey: from.needed('HOTLINE_MASK_POOL_KEY', by),
    },
    numbers: from.numbers('HOTLINE_MASK_NUMBERS', from.forms('HOTLINE_MASK_NUMBER_FORMS')),
    restHours: from.whole('HOTLINE_MASK_REST_HOURS', 0, 8_760),
    lowAt: from.whole('HOTLINE_MASK_LOW_AT', 0, 100_000),
    callbackToken: from.needed('HOTLINE_MASK_CALLBACK_TOKEN', by),
  }
}

class Reader {
  private readonly env: Readonly<Record<string, string | undefined>>
  private readonly problems: string[]

  constructor(env: Readonly<Record<string, string | undefined>>, problems: string[]) {
    this.env = env
    this.problems = problems
  }

  text(name: SettingName): string {
    return this.optional(name) ?? SETTINGS[name].default
  }
  optional(name: SettingName): string | null {
    const value = this.env[name]?.trim()
    return value === undefined || value === '' ? null : value
  }
  needed(name: SettingName, by: SettingName): string {
    const value = this.optional(name)
    if (value === null) this.problems.push(`${name} is not set, which ${by} needs`)
    return value ?? ''
  }
  folder(name: SettingName): string {
    return resolve(this.text(name).replace(/^~(?=\/|$)/, homedir()))
  }
  optionalFolder(name: SettingName): string | null {
    return this.optional(name) === null ? null : this.folder(name)
  }
  list(name: SettingName): readonly string[] {
    return this.text(name)
      .split(',')
      .map(part => part.trim())
      .filter(part => part !== '')
  }
  acts(name: SettingName): readonly string[] {
    const acts = shownActs(this.list(name))
    if (acts === null)
      this.problems.push(`${name} is "${this.text(name)}"; it takes all, none, or acts by name`)
    return acts ?? []
  }
  forms(name: SettingName): readonly NumberForm[] {
    return this.list(name).flatMap(text => {
      const form = parseForm(text)
      if (form === null) this.problems.push(`${name} holds "${text}", which is no form such as 700+12`)
      return form ?? []
    })
  }
  numbers(name: SettingName, forms: readonly NumberForm[]): readonly string[] {
    return this.list(name).flatMap(text => {
      const numbers = parseNumbers(text, forms)
      if (numbers === null)
        this.problems.push(`${name} holds "${text}", which is no number or range of a known form`)
      return numbers ?? []
    })
  }
  port(name: SettingName): number {
    return this.whole(name, 1, 65_535)
  }
  whole(name: SettingName, least: number, most: number): number {
    const text = this.text(name)
    const value = Number(text)
    if (Number.isInteger(value) && value >= least && value <= most) return value
    this.problems.push(`${name} is "${text}"; it takes a whole number from ${least} to ${most}`)
    return least
  }
  yesNo(name: SettingName): boolean {
    return this.oneOf(name, ['yes', 'no'] as const) === 'yes'
  }
  oneOf<const Choice extends string>(name: SettingName, choices: readonly [Choice, ...Choice[]]): Choice {
    const text = this.text(name)
    const found = choices.find(choice => choice === text)
    if (found !== undefined) return found
    this.problems.push(`${name} is "${text}"; it takes ${choices.join(', ')}`)
    return choices[0]
  }
}
