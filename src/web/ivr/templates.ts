import type { Drawing, TreeForm } from '../../floor/ivr/schema.ts'

/** What a city may begin with. Callers are Chinese, whatever the language of the page. */

const said = (text: string) => ({ zh: { text, recording: null } })
const GREETING = said('您好，这里是12345政务服务便民热线，为保证服务质量，本次通话将被录音。')

const DIRECT: Drawing = {
  start: 'greeting',
  nodes: {
    greeting: { name: '欢迎语', kind: 'play', says: GREETING, next: 'agent' },
    agent: { name: '人工服务', kind: 'queue', says: {}, queue: null },
  },
}

const THREE_KEYS: Drawing = {
  start: 'greeting',
  nodes: {
    greeting: { name: '欢迎语', kind: 'play', says: GREETING, next: 'menu' },
    menu: {
      name: '主菜单',
      kind: 'menu',
      says: said('咨询求助请按1，投诉举报请按2，企业服务请按3，人工服务请按0或稍候。'),
      keys: { 1: 'enquiries', 2: 'complaints', 3: 'business' },
      waitMs: 5_000,
      repeat: 0,
      silence: null,
    },
    enquiries: { name: '咨询求助', kind: 'queue', says: {}, queue: null },
    complaints: { name: '投诉举报', kind: 'queue', says: {}, queue: null },
    business: { name: '企业服务', kind: 'queue', says: {}, queue: null },
  },
}

const LANGUAGES: Drawing = {
  start: 'hours',
  nodes: {
    hours: { name: '工作时间', kind: 'hours', open: 'language', closed: 'closed' },
    language: {
      name: '语言选择',
      kind: 'language',
      says: {
        zh: { text: '您好，普通话请按1', recording: null },
        yue: { text: '粤语请按2', recording: null },
        en: { text: 'For English, press 3', recording: null },
      },
      keys: {
        1: { language: 'zh', next: 'mandarin' },
        2: { language: 'yue', next: 'dialect' },
        3: { language: 'en', next: 'foreign' },
      },
      waitMs: 5_000,
      repeat: 0,
      silence: null,
    },
    mandarin: { name: '普通话', kind: 'queue', says: {}, queue: null },
    dialect: { name: '方言', kind: 'queue', says: {}, queue: null },
    foreign: { name: '外语', kind: 'queue', says: {}, queue: null },
    closed: { name: '下班提示', kind: 'hang-up', says: said('您好，现在是非服务时间，请在工作时间再拨。') },
  },
}

export const TEMPLATES = [
  { key: 'direct', form: { name: '欢迎语直达人工', draft: DIRECT } },
  { key: 'three-keys', form: { name: '三键菜单', draft: THREE_KEYS } },
  { key: 'languages', form: { name: '工作时间与语言', draft: LANGUAGES } },
] as const satisfies readonly { key: string; form: TreeForm }[]
