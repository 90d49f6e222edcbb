/** Words of what a shift lead does in a talk, to a waiting caller and to a queue. */
export const SUPERVISE_TEXTS = {
  'problem.own-seat': { zh: '这是您自己的座席。', en: 'That is your own seat.' },
  'problem.own-seat-busy': {
    zh: '您自己的座席正忙，请先结束手上的通话。',
    en: 'Your own seat is busy. End its call first.',
  },
  'problem.own-phone-lost': {
    zh: '您自己座席的话机还没有注册好。',
    en: 'The phone of your own seat is not registered.',
  },
  'problem.not-agent-of-call': {
    zh: '该座席只是被咨询或在旁听，请到接听该来电的座席操作。',
    en: 'That seat is only asked, or listens. Act on the seat that has the call.',
  },
  'problem.watched-by-other': {
    zh: '另一位班长已在该通话中。',
    en: 'Another shift lead is in that talk already.',
  },
  'problem.watching-already': {
    zh: '您已经以这种方式在该通话中。',
    en: 'You are in that talk in this way already.',
  },
  'problem.not-watching': {
    zh: '请先监听该通话，再拦截。',
    en: 'Listen to the call first, then take it over.',
  },
  'problem.caller-left': {
    zh: '该来电已不在此队列中等待。',
    en: 'The caller no longer waits in this queue.',
  },
  'problem.caller-being-offered': {
    zh: '已有座席正在为该来电振铃。',
    en: 'A seat rings for this caller already.',
  },
  'problem.caller-not-on-line': {
    zh: '该市民在等待回拨，不在线上。',
    en: 'This citizen waits for a call-back and is on no line.',
  },
  'problem.seat-not-ready': { zh: '该座席现在不能接听来电。', en: 'That seat cannot take a call now.' },
  'problem.priority-limit': { zh: '优先级只能在 0 到 100 之间。', en: 'A priority is from 0 to 100.' },
} as const
