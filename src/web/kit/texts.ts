import { ACCOUNT_TEXTS } from '../account/texts.ts'
import { AGENT_TEXTS } from '../agent/texts.ts'
import { ALARM_TEXTS } from '../alarms/texts.ts'
import { ANNOUNCEMENT_TEXTS } from '../announcements/texts.ts'
import { ATTACHMENT_TEXTS } from '../attachments/texts.ts'
import { AUDIT_TEXTS } from '../audit/texts.ts'
import { CALENDAR_TEXTS } from '../calendar/texts.ts'
import { CALL_LOG_TEXTS } from '../calls/texts.ts'
import { CASE_RULES_TEXTS } from '../case-rules/texts.ts'
import { CASES_TEXTS } from '../cases/texts.ts'
import { DISPATCH_RULES_TEXTS } from '../dispatch-rules/texts.ts'
import { IVR_TEXTS } from '../ivr/texts.ts'
import { LEADER_DAY_TEXTS } from '../leader-day/texts.ts'
import { LINES_TEXTS } from '../lines/texts.ts'
import { MISSED_CALLS_TEXTS } from '../missed-calls/texts.ts'
import { QUEUES_TEXTS } from '../queues/texts.ts'
import { SEAT_HISTORY_TEXTS } from '../seat-history/texts.ts'
import { SETTINGS_TEXTS } from '../settings/texts.ts'
import { SHELL_TEXTS } from '../shell/texts.ts'
import { SUPERVISE_TEXTS } from '../shift-lead/texts.ts'
import { SHIFT_TEXTS } from '../shifts/texts.ts'
import { SIGN_IN_TEXTS } from '../sign-in/texts.ts'
import { SKILLS_TEXTS } from '../skills/texts.ts'
import { STAFF_TEXTS } from '../staff/texts.ts'
import { STATISTICS_TEXTS } from '../statistics/texts.ts'
import { SUPERVISION_LOG_TEXTS } from '../supervision-log/texts.ts'
import { UNIT_TEXTS } from '../units/texts.ts'
import { WEBHOOK_TEXTS } from '../webhooks/texts.ts'
import type { ProblemCode } from './api-types.ts'

/** Every word on screen, both languages side by side. `{name}` is filled in by the caller. */
export const TEXTS = {
  ...STAFF_TEXTS,
  ...ACCOUNT_TEXTS,
  ...STATISTICS_TEXTS,
  ...SEAT_HISTORY_TEXTS,
  ...MISSED_CALLS_TEXTS,
  ...ALARM_TEXTS,
  ...ATTACHMENT_TEXTS,
  ...ANNOUNCEMENT_TEXTS,
  ...SUPERVISION_LOG_TEXTS,
  ...SUPERVISE_TEXTS,
  ...SHELL_TEXTS,
  ...SIGN_IN_TEXTS,
  ...SETTINGS_TEXTS,
  ...QUEUES_TEXTS,
  ...LEADER_DAY_TEXTS,
  ...LINES_TEXTS,
  ...SKILLS_TEXTS,
  ...IVR_TEXTS,
  ...CALENDAR_TEXTS,
  ...CALL_LOG_TEXTS,
  ...CASES_TEXTS,
  ...CASE_RULES_TEXTS,
  ...DISPATCH_RULES_TEXTS,
  ...UNIT_TEXTS,
  ...AUDIT_TEXTS,
  ...WEBHOOK_TEXTS,
  'app.name': { zh: '12345 政务服务便民热线', en: '12345 Government Service Hotline' },
  'app.desk': { zh: '座席工作台', en: 'Agent desk' },
  'app.loading': { zh: '正在打开…', en: 'Opening…' },
  'app.unreachable': { zh: '连不上热线服务', en: 'The hotline service cannot be reached' },
  'app.unreachable.what': {
    zh: '请检查网络；本页每 3 秒自动重试一次，恢复后会回到原处。',
    en: 'Check the network. This page tries again every 3 seconds and returns to where you were.',
  },
  'app.other-tab': { zh: '工作台已在另一个窗口打开', en: 'The desk is open in another window' },
  'app.other-tab.what': {
    zh: '同一座席的话机只能在一个窗口中使用。',
    en: "A seat's phone works in one window at a time.",
  },
  'app.use-here': { zh: '改在此窗口使用', en: 'Use it here' },
  'app.language': { zh: 'English', en: '中文' },
  'app.broken': { zh: '页面出错', en: 'The page has failed' },
  'app.broken.what': {
    zh: '未保存的工单内容已存在本机，重新打开页面后可继续填写。',
    en: 'Unsaved work-order text is kept on this machine. Reload the page and go on.',
  },
  'kit.copy': { zh: '复制', en: 'Copy' },
  'kit.copied': { zh: '已复制', en: 'Copied' },
  'app.reload': { zh: '重新打开', en: 'Reload' },

  'sign-in.login': { zh: '账号', en: 'Login' },
  'sign-in.password': { zh: '密码', en: 'Password' },
  'sign-in.submit': { zh: '登录', en: 'Sign in' },
  'sign-in.login-missing': { zh: '请输入账号', en: 'Enter your login' },
  'sign-in.password-missing': { zh: '请输入密码', en: 'Enter your password' },
  'sign-in.wait': {
    zh: '密码多次输错，请在 {time} 后再试。',
    en: 'Too many wrong passwords. Try again in {time}.',
  },
  'sign-in.motto': { zh: '接诉即办，用心服务', en: 'Every call heard, every case handled' },
  'sign-in.caps': { zh: '大写锁定已打开', en: 'Caps Lock is on' },

  'seats.title': { zh: '选择座席', en: 'Choose a seat' },
  'seats.search': { zh: '座席号、姓名或工号', en: 'Seat, name or agent number' },
  'seats.all': { zh: '全部 {count}', en: 'All {count}' },
  'seats.free': { zh: '空闲 {count}', en: 'Free {count}' },
  'seats.taken': { zh: '在席 {count}', en: 'Taken {count}' },
  'seats.none': { zh: '没有符合条件的座席', en: 'No seat matches' },
  'seats.empty': { zh: '空闲', en: 'Free' },
  'seats.last': { zh: '上次', en: 'Last' },
  'seats.take': { zh: '签入座席 {seat}', en: 'Sit at {seat}' },
  'seats.pick': { zh: '请选择座席', en: 'Pick a seat' },
  'seats.phone': { zh: '话机', en: 'Phone' },
  'seats.browser': { zh: '浏览器话机', en: 'Browser phone' },
  'seats.browser.what': { zh: '用本机的耳麦通话', en: 'Talk with the headset on this machine' },
  'seats.sip': { zh: 'SIP 话机', en: 'SIP phone' },
  'seats.sip.what': { zh: '用桌上的话机接听', en: 'Answer on the phone on the desk' },
  'seats.no-number': {
    zh: '您的账号没有工号，不能签入座席；请联系管理员。',
    en: 'Your account has no agent number and cannot sit at a seat. Ask an administrator.',
  },
  'seats.keys': { zh: '方向键移动 · 回车签入', en: 'Arrow keys move · Enter sits down' },

  'state.signed-out': { zh: '未签入', en: 'Signed out' },
  'state.not-ready': { zh: '示忙', en: 'Not ready' },
  'state.ready': { zh: '就绪', en: 'Ready' },
  'state.reserved': { zh: '来电', en: 'Incoming' },
  'state.ringing': { zh: '振铃', en: 'Ringing' },
  'state.dialling': { zh: '呼出', en: 'Dialling' },
  'state.talking': { zh: '通话', en: 'Talking' },
  'state.holding': { zh: '保持', en: 'On hold' },
  'state.consulting': { zh: '咨询', en: 'Consulting' },
  'state.releasing': { zh: '释放中', en: 'Releasing' },
  'state.wrap-up': { zh: '话后', en: 'Wrap-up' },

  'control.ready': { zh: '就绪', en: 'Ready' },
  'control.not-ready': { zh: '示忙', en: 'Not ready' },
  'control.finish': { zh: '结束话后', en: 'Finish wrap-up' },
  'control.wrap-up-left': { zh: '剩余 {time}', en: '{time} left' },
  'control.after-not-ready': { zh: '通话后：示忙 · {reason}', en: 'Then: not ready · {reason}' },
  'control.after-signed-out': { zh: '通话后：签出', en: 'Then: sign out' },
  'control.blocked.desk': { zh: '与服务的连接断开，恢复后才能就绪', en: 'Not connected to the service' },
  'control.blocked.phone': { zh: '话机未注册，不能就绪', en: 'The phone is not registered' },
  'control.blocked.microphone': { zh: '麦克风不可用，不能就绪', en: 'The microphone cannot be used' },
  'control.keys': {
    zh: 'F8 就绪 · F2 接听 · F4 挂断 · F9 呼出 · Ctrl+S 保存',
    en: 'F8 ready · F2 answer · F4 hang up · F9 dial · Ctrl+S save',
  },

  'bar.seat': { zh: '座席 {seat}', en: 'Seat {seat}' },
  'bar.agent': { zh: '工号 {number}', en: 'Agent {number}' },
  'bar.change-seat': { zh: '更换座席', en: 'Change seat' },
  'bar.sign-out': { zh: '退出登录', en: 'Sign out' },
  'bar.busy': { zh: '通话结束后才能离席', en: 'You can leave once the call is over' },
  'link.live': { zh: '已连接', en: 'Connected' },
  'link.connecting': { zh: '连接中', en: 'Connecting' },
  'link.lost': { zh: '连接断开', en: 'Disconnected' },
  'link.lost.what': {
    zh: '与热线服务的连接断开，正在重连；期间不会派来电话。通话不受影响。',
    en: 'The link to the service is down and being restored. No call is offered meanwhile; a running call goes on.',
  },
  'phone.registered': { zh: '话机已注册', en: 'Phone registered' },
  'phone.connecting': { zh: '话机注册中', en: 'Phone registering' },
  'phone.lost': { zh: '话机未注册', en: 'Phone not registered' },
  'phone.unconfirmed': { zh: '等待平台确认', en: 'Awaiting the PBX' },
  'phone.problem.unreachable': {
    zh: '连不上话务平台，话机收不到来电；正在自动重试。若一分钟后仍未恢复，请报告班长。',
    en: 'The phone cannot reach the PBX and gets no calls. It keeps trying; after a minute tell the shift lead.',
  },
  'phone.problem.rejected': {
    zh: '话务平台拒绝了话机的注册；正在自动重试。若一分钟后仍未恢复，请更换座席或报告班长。',
    en: 'The PBX refuses this phone. It keeps trying; after a minute change the seat or tell the shift lead.',
  },
  'phone.problem.sip': {
    zh: '桌上的 SIP 话机还没有注册到座席 {seat}，请检查话机的电源、网线和账号。',
    en: 'The SIP phone is not registered for seat {seat}. Check its power, cable and account.',
  },
  'phone.problem.no-audio': {
    zh: '通话仍在进行，但本页没有它的声音（例如页面刚刚刷新过）。请挂断，工单仍可填写。',
    en: 'The call is up, but this page has no sound of it (it may have been reloaded). Hang up; the form stays.',
  },
  'phone.problem.answer-failed': {
    zh: '接听没有成功，请再按一次接听。',
    en: 'The call could not be answered. Press answer again.',
  },
  'microphone.refused': {
    zh: '浏览器未允许使用麦克风。请点地址栏左侧的图标，把“麦克风”改为“允许”，本页会自动继续。',
    en: 'The microphone is blocked. Click the icon left of the address, allow the microphone; this page goes on by itself.',
  },
  'microphone.missing': {
    zh: '没有找到麦克风。请插好耳麦，插上后会自动检测。',
    en: 'No microphone was found. Plug in the headset; it is detected by itself.',
  },
  'microphone.busy': {
    zh: '麦克风打不开，可能被其他程序占用。请关闭占用它的程序后点“重新检测”。',
    en: 'The microphone cannot be opened; another program may hold it. Close that program and check again.',
  },
  'microphone.insecure': {
    zh: '本页不是安全连接，浏览器不允许通话。请用 https:// 开头的地址打开，或改用 SIP 话机。',
    en: 'This page is not on a secure connection, so the browser allows no calls. Open the https:// address, or use a SIP phone.',
  },
  'microphone.check': { zh: '重新检测', en: 'Check again' },
  'sound.blocked': {
    zh: '请点一下页面任意处，以便来电时响铃。',
    en: 'Click anywhere once, so that calls can ring.',
  },

  'pop.incoming': { zh: '来电', en: 'Incoming call' },
  'pop.ringing': { zh: '来电振铃', en: 'Ringing' },
  'pop.preparing': { zh: '话机即将振铃…', en: 'The phone is about to ring…' },
  'pop.caller': { zh: '来电人', en: 'Caller' },
  'pop.talking': { zh: '通话中', en: 'On the line' },
  'pop.ended': { zh: '通话已结束', en: 'Call over' },
  'pop.withheld': { zh: '号码未显示', en: 'Number withheld' },
  'pop.dialled': { zh: '拨打', en: 'Dialled' },
  'pop.waited': { zh: '已等待', en: 'Waited' },
  'pop.answer': { zh: '接听', en: 'Answer' },
  'pop.answer-keys': { zh: '空格 / 回车 / F2', en: 'Space / Enter / F2' },
  'pop.answer-on-phone': { zh: '请在话机上接听', en: 'Answer on the phone' },
  'pop.answering': { zh: '接通中…', en: 'Connecting…' },
  'pop.earlier': { zh: '以往来电', en: 'Earlier calls' },
  'pop.no-earlier': { zh: '首次来电', en: 'First call from this number' },
  'pop.orders': { zh: '未办结工单', en: 'Open work orders' },
  'pop.no-orders': { zh: '没有未办结的工单', en: 'No open work order' },
  'pop.flash': { zh: '【来电】{caller}', en: '[CALL] {caller}' },
  'idle.ready': { zh: '等待来电', en: 'Waiting for a call' },
  'idle.ready.what': { zh: '来电时这里显示来电人的情况。', en: 'Who is calling will be shown here.' },
  'idle.not-ready': { zh: '现在不派电话', en: 'No calls are offered now' },
  'idle.not-ready.what': { zh: '点“就绪”（F8）开始接听。', en: 'Press Ready (F8) to take calls.' },
  'idle.answered': { zh: '今日接听', en: 'Answered today' },
  'idle.mean-talk': { zh: '平均通话', en: 'Mean talk' },

  'talk.mute': { zh: '静音', en: 'Mute' },
  'talk.unmute': { zh: '取消静音', en: 'Unmute' },
  'talk.hold': { zh: '保持', en: 'Hold' },
  'talk.unhold': { zh: '恢复通话', en: 'Resume' },
  'talk.hang-up': { zh: '挂断', en: 'Hang up' },
  'talk.muted': { zh: '已静音，对方听不到您', en: 'Muted: the caller cannot hear you' },
  'talk.held': { zh: '保持中，对方在听音乐', en: 'On hold: the caller hears music' },

  'notice.title': { zh: '未接到的来电', en: 'Calls that did not reach you' },
  'notice.caller-left': { zh: '接听前来电人已挂断', en: 'The caller hung up before you answered' },
  'notice.not-answered': { zh: '未接听，已自动示忙', en: 'Not answered: you were set not ready' },
  'notice.offline': { zh: '连接断开期间派来的电话', en: 'Offered while you were disconnected' },
  'notice.dismiss': { zh: '知道了', en: 'Dismiss' },

  'order.title': { zh: '工单', en: 'Work order' },
  'order.none': {
    zh: '接通来电后，工单自动在这里打开。',
    en: 'A work order opens here when you answer a call.',
  },
  'order.loading': {
    zh: '正在建立工单…现在就可以填写',
    en: 'Creating the work order… you can already write',
  },
  'order.caller': { zh: '来电', en: 'Caller' },
  'order.type': { zh: '诉求类型', en: 'Type' },
  'order.category': { zh: '事项分类', en: 'Category' },
  'order.category-search': { zh: '选择或输入名称、代码查找', en: 'Choose, or type a name or code' },
  'order.category-none': { zh: '没有这个分类', en: 'No such category' },
  'order.heading': { zh: '标题', en: 'Title' },
  'order.heading-hint': { zh: '一句话概括诉求', en: 'The matter in one sentence' },
  'order.text': { zh: '诉求内容', en: 'Details' },
  'order.text-hint': { zh: '时间、地点、经过、诉求', en: 'When, where, what happened, what is asked for' },
  'order.place': { zh: '事发地点', en: 'Place' },
  'order.place-hint': { zh: '区县、街道、门牌或附近标志', en: 'District, street, number or a landmark' },
  'order.secret': { zh: '来电人要求保密', en: 'Keep the caller secret' },
  'order.save': { zh: '保存工单', en: 'Save' },
  'order.dirty': { zh: '有未保存的修改，已暂存本机', en: 'Unsaved changes, kept on this machine' },
  'order.saved-at': { zh: '已于 {time} 保存', en: 'Saved at {time}' },
  'order.untouched': { zh: '尚未填写', en: 'Nothing written yet' },
  'order.restored': { zh: '已恢复上次未保存的内容。', en: 'What you had not saved has been restored.' },
  'order.need-type': { zh: '请选择诉求类型', en: 'Choose a type' },
  'order.need-category': { zh: '请选择事项分类', en: 'Choose a category' },
  'order.need-heading': { zh: '请填写标题', en: 'Write a title' },
  'order.need-text': { zh: '请填写诉求内容', en: 'Write the details' },
  'order.incomplete': { zh: '还有 {count} 项没有填好', en: '{count} fields need attention' },
  'order.not-yet': {
    zh: '工单还没有在服务端建立，内容已存本机，稍后再保存。',
    en: 'The order does not exist on the service yet. Your text is kept here; save a little later.',
  },
  'order.unsaved-list': { zh: '未保存的工单', en: 'Unsaved work orders' },
  'order.close': { zh: '收起', en: 'Close' },
  'order.discard': { zh: '放弃修改', en: 'Discard changes' },
  'order.discard-sure': {
    zh: '放弃后恢复为上次保存的内容，确定吗？',
    en: 'Go back to what was last saved?',
  },
  'order.yes': { zh: '确定', en: 'Yes' },
  'order.no': { zh: '取消', en: 'No' },
  'conflict.title': { zh: '这张工单刚被别人修改过', en: 'Someone else has just changed this order' },
  'conflict.what': {
    zh: '下面是不一样的地方，请逐项选择保留哪一个。',
    en: 'These parts differ. Choose which to keep.',
  },
  'conflict.field': { zh: '项目', en: 'Field' },
  'conflict.mine': { zh: '我填写的', en: 'Mine' },
  'conflict.theirs': { zh: '已保存的', en: 'Saved' },
  'conflict.empty': { zh: '（空）', en: '(empty)' },
  'conflict.save': { zh: '按所选保存', en: 'Save as chosen' },
  'conflict.later': { zh: '继续修改', en: 'Keep editing' },
  'yes-no.yes': { zh: '是', en: 'Yes' },
  'yes-no.no': { zh: '否', en: 'No' },

  'calls.title': { zh: '我的今日来电', en: 'My calls today' },
  'calls.refresh': { zh: '刷新', en: 'Refresh' },
  'calls.none': { zh: '今天还没有来电', en: 'No calls yet today' },
  'calls.failed': { zh: '来电记录没有取到', en: 'The list of calls could not be fetched' },
  'calls.time': { zh: '时间', en: 'Time' },
  'calls.caller': { zh: '来电号码', en: 'Caller' },
  'calls.line': { zh: '线路', en: 'Line' },
  'calls.wait': { zh: '等待', en: 'Wait' },
  'calls.talk': { zh: '通话', en: 'Talk' },
  'calls.result': { zh: '结果', en: 'Result' },
  'calls.order': { zh: '工单', en: 'Work order' },
  'calls.recording': { zh: '录音', en: 'Recording' },
  'calls.more': { zh: '更早的来电', en: 'Earlier calls' },
  'calls.running': { zh: '进行中', en: 'Running' },
  'calls.untitled': { zh: '（未填标题）', en: '(no title)' },
  'result.completed': { zh: '完成', en: 'Completed' },
  'result.abandoned': { zh: '来电人放弃', en: 'Abandoned' },
  'result.caller-side': { zh: '来电方原因', en: 'Caller side' },
  'result.our-fault': { zh: '平台原因', en: 'Our fault' },
  'result.carrier-fault': { zh: '运营商原因', en: 'Carrier fault' },
  'ended-by.caller': { zh: '来电人挂断', en: 'Caller hung up' },
  'ended-by.agent': { zh: '座席挂断', en: 'Agent hung up' },
  'ended-by.third-party': { zh: '第三方挂断', en: 'Third party hung up' },
  'ended-by.system': { zh: '系统结束', en: 'Ended by the system' },
  'ended-by.carrier': { zh: '运营商中断', en: 'Cut by the carrier' },
  'recording.none': { zh: '无', en: 'None' },
  'recording.waiting': { zh: '处理中', en: 'Encoding' },
  'recording.missing': { zh: '缺失', en: 'Missing' },
  'recording.play': { zh: '播放录音', en: 'Play the recording' },
  'recording.pause': { zh: '暂停', en: 'Pause' },
  'recording.close': { zh: '关闭播放器', en: 'Close the player' },
  'recording.position': { zh: '播放位置', en: 'Position' },
  'recording.speed': { zh: '速度', en: 'Speed' },
  'recording.failed': {
    zh: '录音没有取到，请稍后再试。',
    en: 'The recording could not be fetched. Try again later.',
  },
  'recording.differs': {
    zh: '录音时长与通话不符，待核查',
    en: 'Length differs from the talk: to be checked',
  },

  'floor.title': { zh: '班长台', en: 'Shift lead' },
  'floor.now.waiting': { zh: '当前排队', en: 'Waiting now' },
  'floor.now.longest': { zh: '最长等待', en: 'Longest wait' },
  'floor.now.ready': { zh: '可接听座席', en: 'Seats for a call' },
  'floor.today': { zh: '今日', en: 'Today' },
  'floor.today.offered': { zh: '呈现', en: 'Offered' },
  'floor.today.offered.what': { zh: '进入排队', en: 'entered a queue' },
  'floor.today.answered': { zh: '接听', en: 'Answered' },
  'floor.today.abandoned': { zh: '放弃', en: 'Abandoned' },
  'floor.today.abandoned.what': { zh: '短时 {count}', en: '{count} short' },
  'floor.today.within': { zh: '15 秒内接听', en: 'Within 15 s' },
  'floor.today.level': { zh: '15 秒接通率', en: 'Service level 15 s' },
  'floor.today.level.what': {
    zh: '15 秒内接听 ÷（接听 + 放弃 − 短时放弃）',
    en: 'within 15 s ÷ (answered + abandoned − short)',
  },
  'floor.today.none': { zh: '今日还没有来电', en: 'No calls yet today' },
  'floor.today.unknown': { zh: '今日数据暂时读不到', en: "Today's figures cannot be read" },

  'floor.filter.all': { zh: '在席', en: 'Signed in' },
  'floor.filter.ready': { zh: '就绪', en: 'Ready' },
  'floor.filter.incoming': { zh: '振铃', en: 'Ringing' },
  'floor.filter.talking': { zh: '通话', en: 'Talking' },
  'floor.filter.wrap-up': { zh: '话后', en: 'Wrap-up' },
  'floor.filter.not-ready': { zh: '示忙', en: 'Not ready' },
  'floor.filter.alarmed': { zh: '告警', en: 'Alarms' },
  'floor.search': { zh: '座席、姓名、工号、来电', en: 'Seat, name, agent or caller number' },
  'floor.keys': {
    zh: '/ 查找 · 0–6 筛选 · 方向键',
    en: '/ search · 0–6 filter · arrows move · Enter opens',
  },
  'floor.empty': { zh: '现在没有人签入座席', en: 'Nobody is signed in' },
  'floor.empty.what': {
    zh: '话务员签入座席后会立即出现在这里。',
    en: 'Agents appear here as soon as they sit down.',
  },
  'floor.none': { zh: '没有符合条件的座席', en: 'No seat matches' },
  'floor.show-all': { zh: '显示全部', en: 'Show all' },
  'floor.link.lost.what': {
    zh: '与热线服务的连接断开，正在重连；下面是断开前的状态。',
    en: 'The link to the service is down and being restored. Below is the floor as it was.',
  },
  'floor.mark.phone': { zh: '话机离线', en: 'Phone lost' },
  'floor.mark.desk': { zh: '页面离线', en: 'Page away' },
  'floor.withheld': { zh: '号码未显示', en: 'Withheld' },

  'floor.queues': { zh: '排队', en: 'Queues' },
  'floor.queue.ready': { zh: '可接听 {count}', en: '{count} ready' },
  'floor.queue.waiting': { zh: '{count} 人', en: '{count}' },
  'floor.queue.empty': { zh: '无人等待', en: 'Nobody waits' },
  'floor.queue.more': { zh: '另有 {count} 人等待', en: '{count} more' },
  'floor.queue.priority': { zh: '优先级 {points}', en: 'Priority {points}' },
  'floor.queue.none': { zh: '还没有队列', en: 'There are no queues' },

  'floor.seat.call': { zh: '来电', en: 'Caller' },
  'floor.seat.line': { zh: '号码', en: 'Line' },
  'floor.seat.talked': { zh: '已通话', en: 'On the line' },
  'floor.seat.phone': { zh: '话机', en: 'Phone' },
  'floor.seat.phone.browser': { zh: '浏览器话机', en: 'Browser phone' },
  'floor.seat.phone.sip': { zh: 'SIP 话机', en: 'SIP phone' },
  'floor.seat.registered': { zh: '已注册', en: 'registered' },
  'floor.seat.not-registered': { zh: '未注册', en: 'not registered' },
  'floor.seat.desk': { zh: '工作台', en: 'Desk page' },
  'floor.seat.connected': { zh: '已连接', en: 'connected' },
  'floor.seat.not-connected': { zh: '未连接', en: 'not connected' },
  'floor.seat.after': { zh: '通话后', en: 'Then' },
  'floor.seat.no-call': { zh: '现在没有通话', en: 'No call now' },
  'floor.seat.gone': { zh: '该座席已签出', en: 'This seat has been signed out' },
  'floor.why.phone-not-registered': {
    zh: '话机未注册，不会派来电话',
    en: 'The phone is not registered: no calls are offered',
  },
  'floor.why.desk-not-connected': {
    zh: '工作台未连接，不会派来电话',
    en: 'The desk page is away: no calls are offered',
  },
  'floor.act': { zh: '班长操作', en: 'Acts' },
  'floor.act.ready': { zh: '置为就绪', en: 'Make ready' },
  'floor.act.not-ready': { zh: '置为示忙', en: 'Make not ready' },
  'floor.act.sign-out': { zh: '签出', en: 'Sign out' },
  'floor.act.hang-up': { zh: '挂断通话', en: 'Hang up' },
  'floor.act.reason': { zh: '示忙原因', en: 'Reason' },
  'floor.act.note': { zh: '说明（记入操作记录，话务员可见）', en: 'Note (on record; the agent sees it)' },
  'floor.act.note.missing': { zh: '请写明原因', en: 'Say why' },
  'floor.act.reason.missing': { zh: '请选择示忙原因', en: 'Choose a reason' },
  'floor.act.at-once': {
    zh: '立即生效，话务员会看到是谁操作的。',
    en: 'At once. The agent is told who did it.',
  },
  'floor.act.after-call': {
    zh: '座席正在通话，通话结束后生效；话务员会看到是谁操作的。',
    en: 'After the call that is on. The agent is told who did it.',
  },
  'floor.act.cuts': { zh: '市民的通话会立即中断！', en: 'The citizen is cut off at once!' },
  'floor.act.confirm': { zh: '确认{act}', en: 'Confirm: {act}' },
  'floor.act.cancel': { zh: '取消', en: 'Cancel' },
  'floor.act.done': {
    zh: '座席 {seat}：{act}，已记录（第 {id} 号）',
    en: 'Seat {seat}: {act}. On record as no. {id}.',
  },

  ...SHIFT_TEXTS,

  'problem.not-signed-in': { zh: '登录已失效，请重新登录。', en: 'You are signed out. Sign in again.' },
  'problem.wrong-password': { zh: '账号或密码不对。', en: 'Wrong login or password.' },
  'problem.too-many-attempts': {
    zh: '尝试次数过多，请稍后再试。',
    en: 'Too many attempts. Try again later.',
  },
  'problem.not-allowed': { zh: '您的账号没有这项权限。', en: 'Your account may not do this.' },
  'problem.not-found': { zh: '没有找到。', en: 'Not found.' },
  'problem.bad-input': {
    zh: '填写的内容有误，请检查后再试。',
    en: 'Something entered is not valid. Check it.',
  },
  'problem.changed-meanwhile': {
    zh: '内容刚被别人修改过。',
    en: 'It was changed by someone else meanwhile.',
  },
  'problem.exists-already': { zh: '已有相同编号的条目。', en: 'There is one of that name already.' },
  'problem.seat-unknown': { zh: '没有这个座席。', en: 'There is no such seat.' },
  'problem.seat-taken': {
    zh: '这个座席刚被别人签入，请换一个。',
    en: 'Someone has just taken this seat. Pick another.',
  },
  'problem.agent-has-seat': { zh: '您已经签入了另一个座席。', en: 'You already sit at another seat.' },
  'problem.no-agent': { zh: '该座席现在无人签入。', en: 'Nobody is signed in at this seat.' },
  'problem.no-seat': { zh: '您还没有签入座席。', en: 'You do not sit at a seat.' },
  'problem.seat-busy': {
    zh: '座席正在通话，请通话结束后再试。',
    en: 'The seat is in a call. Try once it is over.',
  },
  'problem.phone-not-registered': {
    zh: '话机还没有注册好，不能就绪。',
    en: 'The phone is not registered, so you cannot be ready.',
  },
  'problem.desk-not-connected': {
    zh: '工作台还没有连上服务，不能就绪。',
    en: 'The desk is not connected, so you cannot be ready.',
  },
  'problem.not-in-wrap-up': { zh: '已经不在话后状态。', en: 'Wrap-up is already over.' },
  'problem.no-call': { zh: '现在没有通话。', en: 'There is no call.' },
  'problem.recording-not-ready': {
    zh: '录音还在处理，请稍后再听。',
    en: 'The recording is still being encoded.',
  },
  'problem.handover-unread': {
    zh: '请先阅读并签收交接班日记，再就绪。',
    en: 'Read and sign the handover note first.',
  },
  'problem.handover-published': {
    zh: '交接班日记已发布，不能再改；请写补充说明。',
    en: 'The note is published and stands as it is. Write an addendum.',
  },
  'problem.missed-call-closed': {
    zh: '这条未接来电已经处理完毕。',
    en: 'This missed call is closed already.',
  },
  'problem.missed-call-claimed': {
    zh: '这条未接来电已被别人认领。',
    en: 'Someone else has claimed this missed call.',
  },
  'problem.missed-call-not-claimed': {
    zh: '这条未接来电没有人认领。',
    en: 'Nobody has claimed this missed call.',
  },
  'problem.unavailable': {
    zh: '服务暂时不可用，请稍后再试。',
    en: 'The service is not available. Try again shortly.',
  },
  'problem.unreachable': {
    zh: '连不上热线服务，请检查网络后再试。',
    en: 'The hotline service cannot be reached. Check the network and try again.',
  },
  ...AGENT_TEXTS,
  'problem.unexpected': {
    zh: '出现意外错误，请再试；反复出现请报告班长。',
    en: 'An unexpected error. Try again.',
  },
} as const satisfies Record<string, Text> & Record<`problem.${ProblemCode}`, Text>

export type Language = 'zh' | 'en'
export type Text = Readonly<Record<Language, string>>
export type TextKey = keyof typeof TEXTS

/** The names in braces of a text: what must be given to fill it. */
type Gaps<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Gaps<Rest> : never
export type Filling<Key extends TextKey> = [Gaps<(typeof TEXTS)[Key]['zh']>] extends [never]
  ? []
  : [filling: Readonly<Record<Gaps<(typeof TEXTS)[Key]['zh']>, string | number>>]

/** A text that needs no filling. */
export type PlainTextKey = { [Key in TextKey]: Filling<Key> extends [] ? Key : never }[TextKey]

export function textOf<Key extends TextKey>(language: Language, key: Key, ...filling: Filling<Key>): string {
  const values: Readonly<Record<string, string | number>> = filling[0] ?? {}
  return TEXTS[key][language].replace(/\{([^}]+)\}/g, (gap, name) => String(values[name] ?? gap))
}
