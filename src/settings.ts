/** What a setting is, for `.env.example` and the README's table, both checked against this list. */
export interface Setting {
  /** Empty: none, or worked out from others as `means` says. */
  readonly default: string
  readonly means: string
}

export const SETTINGS = {
  HOTLINE_HTTP_HOST: { default: '127.0.0.1', means: 'address the pages and the API listen on' },
  HOTLINE_HTTP_PORT: { default: '12345', means: 'port of the pages and the API' },
  HOTLINE_DATA_DIR: { default: './data', means: 'everything this instance writes: database, journal, spool' },
  HOTLINE_CACHE_DIR: {
    default: '~/.cache/hotline-12345',
    means: 'the private Asterisk and built prompts; shared by all checkouts',
  },
  HOTLINE_RECORDING_DIR: { default: '', means: 'finished recordings; empty: recordings/ in the data folder' },
  HOTLINE_RECORDING_SPARE_MIB: {
    default: '1024',
    means: 'free disk below which the recording alarm is raised, in MiB',
  },
  HOTLINE_DATABASE_URL: {
    default: '',
    means: 'a PostgreSQL of your own; empty: one is run in the data folder',
  },
  HOTLINE_DATABASE_PORT: { default: '54345', means: 'port of the PostgreSQL run in the data folder' },
  HOTLINE_SIP_HOST: {
    default: '127.0.0.1',
    means: 'address SIP and RTP use: trunk and phones must reach it',
  },
  HOTLINE_SIP_PORT: { default: '5060', means: 'SIP over UDP and TCP' },
  HOTLINE_RTP_PORT_MIN: { default: '20000', means: 'first RTP port; four ports a call' },
  HOTLINE_RTP_PORT_MAX: { default: '23999', means: 'last RTP port' },
  HOTLINE_PHONE_CHECK_S: {
    default: '30',
    means: 'a registered SIP phone is asked this often whether it is there, in seconds; 0 never',
  },
  HOTLINE_TRUNK_ADDRESSES: {
    default: '127.0.0.2',
    means: 'comma-separated addresses or networks whose INVITEs are answered; all others are not',
  },
  HOTLINE_TRUNK_URI: {
    default: '',
    means: 'where the carrier takes our calls, such as sip:10.0.0.1:5060; empty: calls outside are refused',
  },
  HOTLINE_MAIN_LINE: {
    default: '12345',
    means: 'the line whose number citizens see when an agent calls them',
  },
  HOTLINE_MASK_ACCESS_NUMBER: {
    default: '96300',
    means: 'the number behind which short numbers (虚拟短号) are keyed; none: there is none',
  },
  HOTLINE_MASK_GRACE_HOURS: {
    default: '72',
    means: 'a short number works this long after its order has closed',
  },
  HOTLINE_MASK_MOST_DAYS: {
    default: '90',
    means: 'a binding made by hand ends at most this many days from now',
  },
  HOTLINE_MASK_CALLS_A_DAY: {
    default: '10',
    means: 'as many calls a day go by a binding that is made with a protected order',
  },
  HOTLINE_MASK_TALK_MINUTES: {
    default: '30',
    means: 'a talk by such a binding is over after this long',
  },
  HOTLINE_MASK_RECORD: { default: 'yes', means: 'yes: talks by such a binding are recorded' },
  HOTLINE_DENIED_PREFIXES: {
    default: '00,160,168,179,12593',
    means:
      'comma-separated beginnings of numbers that agents cannot call (abroad, premium, call-by-call); none: all may',
  },
  HOTLINE_PBX_HTTP_HOST: {
    default: '127.0.0.1',
    means: "address of the PBX's HTTP: ARI and the browser phones",
  },
  HOTLINE_PBX_HTTP_PORT: { default: '8088', means: "port of the PBX's HTTP" },
  HOTLINE_ARI_URL: { default: '', means: 'where the service finds ARI; empty: the two settings above' },
  HOTLINE_ARI_USER: { default: 'hotline', means: 'ARI user' },
  HOTLINE_ARI_PASSWORD: { default: '', means: 'ARI password; empty: drawn once, kept in the data folder' },
  HOTLINE_PHONE_WS_URL: {
    default: '',
    means: 'WebSocket the browser phones use, wss:// behind a proxy; empty: the PBX itself',
  },
  HOTLINE_OPUSENC: {
    default: '',
    means: 'the opusenc command; empty: the one beside the private Asterisk, or PATH',
  },
  HOTLINE_ESPEAK: {
    default: '',
    means: 'the espeak-ng command; empty: the one beside the private Asterisk, or PATH',
  },
  HOTLINE_SOX: {
    default: '',
    means: 'the sox command; empty: the one beside the private Asterisk, or PATH',
  },
  HOTLINE_FIRST_SEAT: { default: '1001', means: 'first seat number' },
  HOTLINE_SEAT_COUNT: { default: '200', means: 'how many seats' },
  HOTLINE_RING_TIMEOUT_MS: {
    default: '20000',
    means: 'a seat rings this long before the next is offered the call',
  },
  HOTLINE_POP_ACK_TIMEOUT_MS: {
    default: '250',
    means: 'the phone waits at most this long for the screen-pop to be on the screen',
  },
  HOTLINE_WRAP_UP_MS: { default: '60000', means: 'wrap-up (话后整理) ends by itself after this long' },
  HOTLINE_WRAP_UP_EXTENSION_MS: {
    default: '60000',
    means: 'an agent may add this much to a wrap-up, once',
  },
  HOTLINE_SEAT_GRACE_MS: {
    default: '60000',
    means: 'a ready seat that lost its phone or page is set not-ready after this long',
  },
  HOTLINE_ASK_RATING: {
    default: 'yes',
    means: 'yes: a citizen whose agent hangs up is asked for a grade (满意度评价)',
  },
  HOTLINE_HANDOVER_HOURS: {
    default: '12',
    means:
      'hours for which a handover note must be signed before a seat signed in later goes ready; 0: never',
  },
  HOTLINE_SHOW_SUPERVISION: {
    default: 'all',
    means:
      'what of a shift lead’s acts an agent is told: all, none, or comma-separated acts (ready, not-ready, sign-out, hang-up, listen, whisper, barge, take-over, pick); on record they are all',
  },
  HOTLINE_TRUSTED_PROXIES: {
    default: '',
    means: 'comma-separated addresses of proxies before the page; their X-Forwarded-For is believed',
  },
  HOTLINE_SECURE_COOKIES: { default: 'no', means: 'yes: cookies only over HTTPS (behind a TLS proxy)' },
  HOTLINE_OIDC_ISSUER: {
    default: '',
    means: 'the OpenID provider (统一身份认证) that people may sign in by, https://…; empty: none',
  },
  HOTLINE_OIDC_CLIENT_ID: { default: '', means: 'what this service is called at the OpenID provider' },
  HOTLINE_OIDC_CLIENT_SECRET: { default: '', means: 'the secret that the OpenID provider gave it' },
  HOTLINE_OIDC_REDIRECT_URL: {
    default: '',
    means:
      'where browsers find this service, such as https://12345.example; the provider sends them back to /api/sign-in/oidc/callback there',
  },
  HOTLINE_LOCAL_SIGN_IN: {
    default: 'yes',
    means: 'no: nobody signs in with login and password, all by the OpenID provider',
  },
  HOTLINE_DEMO_CITY: {
    default: 'yes',
    means: 'seed a demo city into an empty database: accounts, lines, categories',
  },
  HOTLINE_WEBHOOK_NETWORKS: {
    default: '',
    means:
      'comma-separated private networks or addresses that webhooks may be sent to, such as 10.20.0.0/16; empty: none',
  },
  HOTLINE_MASK_PROVIDER: {
    default: 'pbx',
    means:
      'whose numbers stand for citizen and unit: pbx (short numbers of our own) or aliyun (a carrier’s, which needs a contract with it)',
  },
  HOTLINE_MASK_ENDPOINT: {
    default: 'https://dyplsapi.aliyuncs.com',
    means: 'where the carrier’s number protection answers; https, http only on this machine',
  },
  HOTLINE_MASK_ACCESS_KEY_ID: { default: '', means: 'the access key that the carrier gave' },
  HOTLINE_MASK_ACCESS_KEY_SECRET: { default: '', means: 'the secret of that access key' },
  HOTLINE_MASK_POOL_KEY: {
    default: '',
    means: 'the carrier’s key of the number pool (号码池 Key); the pool must be the hotline’s alone',
  },
  HOTLINE_MASK_NUMBERS: {
    default: '',
    means:
      'comma-separated numbers or ranges of that pool, such as 700100000000001-700100000000050; each serves one binding at a time',
  },
  HOTLINE_MASK_NUMBER_FORMS: {
    default: '1+10,700+12',
    means: 'what a carrier’s numbers look like: comma-separated beginnings, each with how many digits follow',
  },
  HOTLINE_MASK_REST_HOURS: {
    default: '24',
    means: 'hours for which a carrier’s number rests before another binding gets it',
  },
  HOTLINE_MASK_LOW_AT: {
    default: '5',
    means: 'as few free numbers of the carrier’s raise the alarm',
  },
  HOTLINE_MASK_CALLBACK_TOKEN: {
    default: '',
    means:
      'a secret of 16 characters or more; the carrier is given the address /api/carrier-events/aliyun?token=… for what it tells of calls',
  },
  HOTLINE_LOG_LEVEL: { default: 'info', means: 'debug, info, warn or error' },
} as const satisfies Record<string, Setting>

export type SettingName = keyof typeof SETTINGS
