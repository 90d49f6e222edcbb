export const STAFF_TEXTS = {
  'problem.own-account': {
    zh: '不能对自己的账号这样做；改密码请用“我的账号”。',
    en: 'Not to your own account. Your password is changed under “My account”.',
  },
  'problem.own-request': {
    zh: '自己提出的申请须由另一位管理员决定。',
    en: 'Another administrator has to decide what you asked for.',
  },
  'problem.last-admin': {
    zh: '这样就没有人能管理账号了；请先让另一位成为管理员。',
    en: 'Nobody would be left to look after the accounts. Make somebody else an administrator first.',
  },
  'problem.already-decided': { zh: '这项申请已有结果，请刷新。', en: 'It has been decided already. Reload.' },
  'problem.left-a-trace': {
    zh: '此账号已有办理记录，不能删除；请停用。',
    en: 'The records name this person. Close the account instead.',
  },
} as const
