/** Why a file is not taken, in or out. */
export const ATTACHMENT_TEXTS = {
  'problem.export-too-large': {
    zh: '行数太多：CSV 最多 20 万行，XLSX 最多 2 万行。请缩小筛选范围，或改用 CSV。',
    en: 'Too many rows: 200,000 as CSV, 20,000 as XLSX. Narrow the filter, or take CSV.',
  },
  'problem.attachment-empty': { zh: '文件是空的。', en: 'The file is empty.' },
  'problem.attachment-too-large': {
    zh: '文件太大：图片、文档不超过 20 MB，录音 30 MB，视频 50 MB，文本 1 MB。',
    en: 'The file is too large: pictures and documents up to 20 MB, sound 30 MB, films 50 MB, text 1 MB.',
  },
  'problem.attachment-type-refused': {
    zh: '不能上传这种文件。可以上传图片、PDF、录音、MP4 视频、Word/Excel/PPT（新格式）和 UTF-8 文本。',
    en: 'Files of this kind cannot be attached. Pictures, PDF, sound, MP4, docx/xlsx/pptx and UTF-8 text can.',
  },
  'problem.attachment-type-differs': {
    zh: '文件内容与扩展名不符，请确认后以正确的文件名上传。',
    en: 'The file is not what its name says. Attach it under its right name.',
  },
  'problem.attachments-full': {
    zh: '这个工单的附件已满（40 个或 300 MB）。',
    en: 'This order has as many attachments as it can have (40, or 300 MB).',
  },
  'files.title': { zh: '附件', en: 'Files' },
  'files.none': {
    zh: '还没有附件。照片、录音、文件都可以加在这里。',
    en: 'No files yet: photos, sound and papers can be added here.',
  },
  'files.add': { zh: '添加附件', en: 'Add files' },
  'files.adding': { zh: '正在上传 {name}', en: 'Adding {name}' },
  'files.failed': { zh: '{name}：{why}', en: '{name}: {why}' },
  'files.by': { zh: '{name} 于 {time} 添加', en: 'Added by {name}, {time}' },
  'files.withdraw': { zh: '撤下', en: 'Withdraw' },
  'files.withdraw.why': { zh: '为什么撤下', en: 'Why' },
  'files.withdrawn': { zh: '{name} 已撤下：{reason}', en: 'Withdrawn by {name}: {reason}' },
} as const
