import type { Text } from '../kit/texts.ts'

export const ACCOUNT_TEXTS = {
  'account.title': { zh: '我的账号', en: 'My account' },
  'account.what': {
    zh: '姓名、工号、权限由管理员维护。',
    en: 'Name, number and rights are kept by an administrator.',
  },
  'account.me': { zh: '基本信息', en: 'Who I am' },
  'account.city': { zh: '热线本部', en: 'The hotline itself' },
  'account.units': { zh: '所属单位', en: 'Units' },
  'account.password': { zh: '修改密码', en: 'Change the password' },
  'account.current': { zh: '当前密码', en: 'Current password' },
  'account.next': { zh: '新密码', en: 'New password' },
  'account.again': { zh: '再输一次新密码', en: 'New password again' },
  'account.next.what': {
    zh: '至少 10 个字符，不含账号；几个不相干的词连起来，好记又难猜。',
    en: 'At least 10 characters, without your login. A few unrelated words are easy to remember and hard to guess.',
  },
  'account.change': { zh: '修改密码', en: 'Change' },
  'account.changed': {
    zh: '密码已修改，其他设备上的登录已结束。',
    en: 'Changed. You are signed out everywhere else.',
  },
  'account.sessions': { zh: '登录中的设备', en: 'Where I am signed in' },
  'account.sessions.what': {
    zh: '有不认识的设备，请立即结束它的登录并修改密码。',
    en: 'If one is not yours, end it and change your password at once.',
  },
  'account.device': { zh: '设备', en: 'Device' },
  'account.address': { zh: '网络地址', en: 'Address' },
  'account.since': { zh: '登录时间', en: 'Signed in' },
  'account.last-used': { zh: '最近使用', en: 'Last used' },
  'account.this-one': { zh: '本机', en: 'This one' },
  'account.unknown-device': { zh: '未知设备', en: 'Unknown device' },
  'account.end': { zh: '结束', en: 'End' },
  'account.end-others': { zh: '结束其他全部登录', en: 'End all others' },
  'account.ended': { zh: '已结束', en: 'Ended' },
  'settings.wrong.too-short': { zh: '至少 10 个字符', en: 'At least 10 characters' },
  'settings.wrong.same-as-before': { zh: '与当前密码相同', en: 'Is the current one' },
  'settings.wrong.holds-login': { zh: '不能含有账号', en: 'Must not hold your login' },
  'settings.wrong.wrong-password': { zh: '当前密码不对', en: 'Is not your current password' },
  'settings.wrong.not-the-same': { zh: '两次输入不一致', en: 'The two differ' },
} as const satisfies Record<string, Text>
