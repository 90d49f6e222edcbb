export const CASES_TEXTS = {
  'case.status.draft': { zh: '草稿', en: 'Draft' },
  'case.status.to-dispatch': { zh: '待派单', en: 'To dispatch' },
  'case.status.to-sign': { zh: '待签收', en: 'To sign' },
  'case.status.in-hand': { zh: '办理中', en: 'In hand' },
  'case.status.to-review': { zh: '待审核', en: 'To review' },
  'case.status.to-call-back': { zh: '待回访', en: 'To call back' },
  'case.status.closed': { zh: '已办结', en: 'Closed' },
  'case.status.archived': { zh: '已归档', en: 'Archived' },
  'case.status.emergency': { zh: '已转紧急', en: 'Handed to emergency' },
  'case.status.void': { zh: '已作废', en: 'Void' },
  'case.status.merged': { zh: '已合并', en: 'Merged' },
} as const
