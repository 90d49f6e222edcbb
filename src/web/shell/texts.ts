import type { Text } from '../kit/texts.ts'

export const SHELL_TEXTS = {
  'shell.nav': { zh: '页面导航', en: 'Pages' },
  'shell.group.work': { zh: '值班', en: 'On duty' },
  'shell.group.records': { zh: '记录', en: 'Records' },
  'shell.group.figures': { zh: '统计', en: 'Figures' },
  'shell.group.settings': { zh: '设置', en: 'Settings' },
  'shell.narrow': { zh: '收起导航', en: 'Narrow navigation' },
  'shell.wide': { zh: '展开导航', en: 'Widen the navigation' },
  'shell.role.agent': { zh: '话务员', en: 'Agent' },
  'shell.role.shift-lead': { zh: '班长', en: 'Shift lead' },
  'shell.role.quality': { zh: '质检', en: 'Quality' },
  'shell.role.caseworker': { zh: '办件人员', en: 'Caseworker' },
  'shell.role.admin': { zh: '管理员', en: 'Administrator' },
  'shell.desk': { zh: '工作台', en: 'Desk' },
  'shell.to-desk': { zh: '回到工作台', en: 'Back to the desk' },
  'shell.pages': { zh: '其他页面', en: 'Other pages' },
  'shell.none': { zh: '没有这个页面', en: 'There is no such page' },
  'shell.none.what': {
    zh: '地址有误，或者您的岗位不使用这个页面。',
    en: 'The address is wrong, or the page is not part of your work.',
  },
  'shell.none.home': { zh: '回到首页', en: 'Go to the first page' },
  'shell.nothing': { zh: '您的岗位暂时没有页面', en: 'No page is part of your work yet' },
  'shell.nothing.what': {
    zh: '如果这不对，请联系管理员核对您的岗位。',
    en: 'If that is wrong, ask an administrator to check your role.',
  },
  'shell.keys': { zh: '快捷键', en: 'Keys' },
  'shell.keys.go': { zh: '先按 g，再按字母', en: 'g, then a letter' },
  'shell.keys.help': { zh: '打开或关闭本说明', en: 'Open or close this list' },
  'shell.keys.typing': {
    zh: '正在输入文字时，这些键只是文字。',
    en: 'While you type, these keys are only text.',
  },
} as const satisfies Record<string, Text>
