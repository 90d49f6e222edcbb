/** Words of the calendar page. */
export const CALENDAR_TEXTS = {
  'calendar.title': { zh: '节假日', en: 'Holidays' },
  'calendar.what': {
    zh: '节假日按周日的服务时间，调休上班日按周一的服务时间；全天服务的号码不受影响。',
    en: 'A holiday has the hours of a Sunday, a worked weekend those of a Monday; lines open round the clock are not touched.',
  },
  'calendar.year': { zh: '{year} 年', en: '{year}' },
  'calendar.earlier': { zh: '上一年', en: 'Year before' },
  'calendar.later': { zh: '下一年', en: 'Year after' },
  'calendar.fill': { zh: '填入国务院放假安排', en: 'Fill in the announced holidays' },
  'calendar.filled': { zh: '已填入；此前手工设置的日子没有改动。', en: 'Filled in. Days set by hand stay.' },
  'calendar.not-announced': {
    zh: '{year} 年的放假安排尚未公布，请手工设置，或公布后再填入。',
    en: 'The holidays of {year} are not announced yet. Set them by hand, or try again later.',
  },
  'calendar.month': { zh: '{month} 月', en: '{month}' },
  'calendar.off': { zh: '节假日', en: 'Holiday' },
  'calendar.worked': { zh: '调休上班', en: 'Worked weekend' },
  'calendar.usual': { zh: '按星期', en: 'As its weekday' },
  'calendar.name': { zh: '名称', en: 'Name' },
  'calendar.name.example': { zh: '如 国庆节', en: 'Such as National Day' },
  'calendar.save': { zh: '保存', en: 'Save' },
  'calendar.mark.off': { zh: '休', en: 'off' },
  'calendar.mark.worked': { zh: '班', en: 'on' },
} as const
