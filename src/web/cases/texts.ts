import { ACT_TEXTS } from './act-texts.ts'
import { CASE_NOTICE_TEXTS } from './notice-texts.ts'
import { ORDERS_PAGE_TEXTS } from './page-texts.ts'

export const CASES_TEXTS = {
  ...ORDERS_PAGE_TEXTS,
  ...ACT_TEXTS,
  ...CASE_NOTICE_TEXTS,
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
  'problem.act-not-now': {
    zh: '工单现在的状态不能这样办理，请刷新后再看。',
    en: 'The order cannot take this step as it stands; look at it again.',
  },
  'problem.order-held': { zh: '工单已挂起，恢复后才能继续。', en: 'The order is on hold; resume it first.' },
  'problem.order-not-held': { zh: '工单没有挂起。', en: 'The order is not on hold.' },
  'problem.one-lead-needed': { zh: '请选定一个主办单位。', en: 'Choose exactly one lead unit.' },
  'problem.unit-assigned-already': { zh: '该单位已在承办此工单。', en: 'This unit has the order already.' },
  'problem.unit-takes-none': {
    zh: '没有这个单位，或该单位不再承办工单。',
    en: 'There is no such unit, or it takes no orders.',
  },
  'problem.unit-not-assigned': { zh: '该单位没有承办此工单。', en: 'This unit has no part in the order.' },
  'problem.unit-returned-it': {
    zh: '该单位已退过此单；如须由其办理，请召开联席会议。',
    en: 'This unit has returned the order; only a joint meeting can give it back.',
  },
  'problem.unit-not-below': {
    zh: '只能下转给本单位的下级单位。',
    en: 'It can be passed only to a unit below.',
  },
  'problem.return-binding': {
    zh: '此单已裁定由本单位办理，不能再退。',
    en: 'It has been ruled that this unit handles it; it cannot be returned.',
  },
  'problem.return-too-late': {
    zh: '已过退单期限，按首问负责由本单位办理。',
    en: 'The time for returning is over; the unit owns it.',
  },
  'problem.return-needs-ruling': {
    zh: '第二次退单须由热线办裁定。',
    en: 'A second return needs a ruling of the hotline office.',
  },
  'problem.return-needs-meeting': {
    zh: '第三次退单须由联席会议决定。',
    en: 'A third return needs a joint meeting.',
  },
  'problem.no-return-asked': { zh: '该单位没有申请退单。', en: 'The unit has not asked to return it.' },
  'problem.nothing-to-meet-about': {
    zh: '没有退单争议，无须会商。',
    en: 'Nothing has been returned; there is nothing to meet about.',
  },
  'problem.signed-already': { zh: '该单位已签收。', en: 'The unit has signed already.' },
  'problem.not-signed': { zh: '请先签收。', en: 'Sign for it first.' },
  'problem.co-units-open': { zh: '还有协办单位没有答复。', en: 'Other units have not answered yet.' },
  'problem.extension-asked': { zh: '延期申请已在审批中。', en: 'An extension has been asked for already.' },
  'problem.no-extension-asked': { zh: '没有待审批的延期申请。', en: 'No extension has been asked for.' },
  'problem.extension-spent': { zh: '延期次数已用完。', en: 'No extension is left.' },
  'problem.extension-too-long': { zh: '申请的天数超过了上限。', en: 'That is more days than allowed.' },
  'problem.extension-too-late': {
    zh: '已到期，不能再申请延期。',
    en: 'It is due already; an extension must be asked for before.',
  },
  'problem.extension-needs-leader': {
    zh: '再次延期须由热线办负责人批准。',
    en: 'A further extension needs a leader.',
  },
  'problem.hold-asked': { zh: '已申请挂起或已挂起。', en: 'A hold has been asked for or stands already.' },
  'problem.no-hold-asked': { zh: '没有待审批的挂起申请。', en: 'No hold has been asked for.' },
  'problem.type-missing': { zh: '请先选择诉求类型。', en: 'Choose a type first.' },
  'problem.reopen-too-late': {
    zh: '办结已超过期限，请另立新单。',
    en: 'Closed too long ago; open a new order.',
  },
  'problem.call-back-too-soon': {
    zh: '距上次回访太近，请换个时段再拨。',
    en: 'Too soon after the last try; call at another hour.',
  },
  'problem.level-not-higher': { zh: '督办级别只能逐步升高。', en: 'Supervision can only rise.' },
  'problem.not-supervised': { zh: '工单没有在督办。', en: 'The order is not supervised.' },
  'problem.other-person-needed': { zh: '须由另一人同意。', en: 'Another person must agree.' },
  'problem.override-asked': {
    zh: '已有一项特殊流转待同意。',
    en: 'A step outside the table waits for agreement already.',
  },
  'problem.no-override-asked': {
    zh: '没有待同意的特殊流转。',
    en: 'No step outside the table waits for agreement.',
  },
  'problem.merge-into-self': { zh: '不能并入自身。', en: 'An order cannot be merged into itself.' },
  'problem.merge-target-closed': { zh: '目标工单已不能并入。', en: 'The other order can take none in.' },
  'problem.archive-too-early': { zh: '还没有到归档时间。', en: 'It is too early to archive it.' },
  'problem.part-has-parent': {
    zh: '该工单已是另一工单的子单。',
    en: 'The order is a part of another already.',
  },
  'problem.parts-too-deep': { zh: '子单之下不能再有子单。', en: 'A part has no parts of its own.' },
  'problem.step-out-of-turn': { zh: '请先完成上一步。', en: 'Take the step before this one first.' },
  'problem.not-that-day': { zh: '不是当天的值班。', en: 'The duty is on another day.' },
  'problem.mask-direction': {
    zh: '这个绑定不允许从这一边呼叫；需要的话请结束后重新绑定。',
    en: 'This side may not begin a call by that binding.',
  },
  'problem.mask-not-registered': {
    zh: '这部电话没有登记在该单位名下，请换一部，或先在“承办单位”页登记。',
    en: 'That is none of the telephones of the unit.',
  },
  'problem.mask-too-many': {
    zh: '今天的通话次数已用完，明天再联系，或请派单员另行安排。',
    en: 'There were as many calls today as there may be.',
  },
  'problem.mask-own-number': {
    zh: '这部电话就是市民本人的号码，请换一部电话。',
    en: 'That telephone is the other side’s own.',
  },
  'problem.mask-busy': { zh: '这个短号正在通话，请稍后再拨。', en: 'The two are talking already.' },
  'problem.mask-unbound': { zh: '该短号未绑定。', en: 'Nobody is behind that short number.' },
  'problem.mask-expired': { zh: '绑定已失效，请刷新；需要继续联系请新建绑定。', en: 'The binding is over.' },
  'problem.mask-wrong-pin': { zh: '口令不正确。', en: 'That is not the PIN.' },
  'problem.mask-nobody': { zh: '该单位目前无人值守。', en: 'Nobody is at hand at the unit.' },
  'problem.mask-not-reached': { zh: '对方无法接通。', en: 'The other side did not answer.' },
  'problem.mask-waiting': {
    zh: '号码池已用尽，还没有分到短号；有号码释放后会自动分配。',
    en: 'No short number is free for it yet.',
  },
  'problem.mask-by-carrier': {
    zh: '这个绑定只走运营商隐私号，不能由系统呼出；请用单位电话直接拨打该号码。',
    en: 'It goes by the carrier’s number alone: dial that from the unit’s telephone.',
  },
  'problem.mask-without-end': {
    zh: '这个绑定随工单有效，不需要延长。',
    en: 'It lasts as long as its order is open.',
  },
  'problem.mask-too-long': {
    zh: '超过了绑定允许的最长期限，请缩短时间。',
    en: 'It would last longer than a binding may.',
  },
  'problem.mask-bound-already': {
    zh: '该单位在这张工单上已有绑定，请直接使用或先结束它。',
    en: 'The unit has a binding for this order already.',
  },
  'problem.mask-order-over': {
    zh: '工单已结束，不能新建绑定；需要时请先重新办理。',
    en: 'The order is over: no binding can be made.',
  },
  'problem.mask-no-citizen': {
    zh: '市民的号码未知，无法绑定；请先补登市民号码。',
    en: 'The citizen’s number is not known.',
  },
  'problem.mask-no-pool': {
    zh: '没有可用的号码池，请管理员先在“号码池”页新建。',
    en: 'There is no pool of numbers for it.',
  },
  'problem.numbers-in-use': {
    zh: '移出的号码里有正在占用或冷却的，请等它们空闲，或保留在号段内。',
    en: 'Some of its numbers are bound or rest.',
  },
  'problem.leader-day-begun': {
    zh: '值班已开始，不能删除。',
    en: 'The duty has begun and can no longer be removed.',
  },
} as const
