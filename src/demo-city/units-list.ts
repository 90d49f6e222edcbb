import type { OpeningHours, UnitKind } from '#database/types.ts'

/** Units that no district governs: 委办局, 群团, 水电气, 机场港口. All hang below the hotline office or one another. */

export const HOTLINE_OFFICE = {
  id: 'hotline',
  name: '市12345热线办',
  aliases: '热线办 指挥中心 市民云',
} as const
/** Has a 司法所 in each street, with mediators. */
export const JUSTICE = 'sifa'

export const OFFICE_HOURS: readonly OpeningHours[] = [
  { days: [1, 2, 3, 4, 5], from: '08:30', to: '12:00' },
  { days: [1, 2, 3, 4, 5], from: '14:30', to: '17:30' },
]
/** Whoever has the night, noon and the weekend: 值班. */
export const OFF_HOURS: readonly OpeningHours[] = [
  { days: [1, 2, 3, 4, 5], from: '12:00', to: '14:30' },
  { days: [6, 7], from: '08:30', to: '17:30' },
  { days: [1, 2, 3, 4, 5, 6, 7], from: '17:30', to: '08:30' },
]

export interface CityUnit {
  readonly id: string
  readonly parent: string
  readonly name: string
  readonly aliases: string
  readonly kind: UnitKind
  /** 24 小时 or office hours. */
  readonly always: boolean
  /** Fields of its 行业专家. */
  readonly experts: readonly string[]
  readonly takesOrders: boolean
}

type More = Partial<Pick<CityUnit, 'parent' | 'kind' | 'always' | 'experts' | 'takesOrders'>>

const unit = (id: string, name: string, aliases: string, more: More = {}): CityUnit => ({
  ...{ id, name, aliases, parent: HOTLINE_OFFICE.id, kind: 'bureau', always: false, experts: [] },
  takesOrders: true,
  ...more,
})
const below = (parent: string, id: string, name: string, aliases: string, more: More = {}) =>
  unit(id, name, aliases, { kind: 'office', parent, ...more })
const utility = (id: string, name: string, aliases: string, experts: readonly string[] = []) =>
  unit(id, name, aliases, { kind: 'utility', always: true, experts })
const hub = (id: string, name: string, aliases: string) =>
  unit(id, name, aliases, { kind: 'hub', always: true })

const LAW_AND_ORDER = [
  unit('gongan', '市公安局', '公安 警方', { always: true }),
  below('gongan', 'jiaojing', '市公安局交通警察支队', '交警 交警支队 挪车', {
    always: true,
    experts: ['交通组织与信号配时'],
  }),
  below('gongan', 'chuguan', '市公安局出入境管理支队', '出入境 签证 护照'),
  below('gongan', 'zhian', '市公安局治安管理支队', '治安 噪声 户政', { always: true }),
  below('gongan', 'cheguan', '市公安局车辆管理所', '车管所 年检 驾驶证'),
  unit(JUSTICE, '市司法局', '司法 法律援助 公证', { experts: ['人民调解', '行政复议'] }),
  unit('xinfang', '市信访局', '信访'),
  unit('jiwei', '市纪委监委', '纪委 监委 纪检', { takesOrders: false }),
  unit('zuzhi', '市委组织部', '组织部', { takesOrders: false }),
  unit('ducha', '市委市政府督查室', '督查室 督办', { takesOrders: false }),
]

const LIVELIHOOD = [
  unit('renshe', '市人力资源和社会保障局', '人社局 社保 劳动 就业', { experts: ['社会保险政策'] }),
  below('renshe', 'laodong', '市劳动监察支队', '劳动监察 讨薪 欠薪', { experts: ['劳动争议'] }),
  below('renshe', 'zhongcai', '市劳动人事争议仲裁院', '劳动仲裁'),
  below('renshe', 'shebao', '市社会保险服务中心', '社保中心 养老保险 失业金'),
  below('renshe', 'rencai', '市人才服务中心', '人才引进 人才公寓 落户'),
  unit('minzheng', '市民政局', '民政 低保 婚姻登记 养老院'),
  unit('tuiyi', '市退役军人事务局', '退役军人 优抚'),
  unit('jiaoyu', '市教育局', '教育 学校 划片入学 高考 校外培训', { experts: ['义务教育招生'] }),
  unit('weijian', '市卫生健康委员会', '卫健委 医院 疫苗', { experts: ['医疗纠纷'] }),
  below('weijian', 'jikong', '市疾病预防控制中心', '疾控 疾控中心 疫苗接种', { always: true }),
  below('weijian', 'jijiu', '市急救中心', '急救', { always: true }),
  unit('yibao', '市医疗保障局', '医保局 医保 生育津贴'),
  unit('canlian', '市残疾人联合会', '残联 残疾人'),
  unit('gonghui', '市总工会', '工会'),
  unit('fulian', '市妇女联合会', '妇联'),
  unit('gongjijin', '市住房公积金管理局', '公积金 公积金中心'),
]

const TOWN = [
  unit('zhujian', '市住房和城乡建设局', '住建局 物业 商品房 开发商', {
    experts: ['房屋安全鉴定', '物业管理'],
  }),
  below('zhujian', 'zhijian', '市建设工程质量安全监督站', '质监站 工地 施工质量'),
  below('zhujian', 'fangguan', '市住房保障中心', '保障房 公租房 安居房'),
  below('zhujian', 'weixiu', '市物业专项维修资金管理中心', '维修资金'),
  unit('chengguan', '市城市管理局', '城管局 城管 市容', { always: true }),
  below('chengguan', 'zhifa', '市综合行政执法支队', '综合执法 违建 占道经营', { always: true }),
  below('chengguan', 'huanwei', '市环境卫生管理中心', '环卫 垃圾清运 公厕', { always: true }),
  below('chengguan', 'shizheng', '市市政设施维护中心', '市政 井盖 路灯 路面 护栏', { always: true }),
  below('chengguan', 'yuanlin', '市园林绿化管理中心', '园林 绿化 树木 公园'),
  unit('ziran', '市自然资源和规划局', '自规局 资规局 规划 不动产 房产证', { experts: ['不动产登记'] }),
  below('ziran', 'budongchan', '市不动产登记中心', '房产证 过户 不动产'),
  unit('shengtai', '市生态环境局', '环保局 环保 污染 油烟 施工噪声', {
    always: true,
    experts: ['环境噪声监测'],
  }),
  unit('shuiwu', '市水务局', '水务 排水 积水 河道', { always: true, experts: ['城市排水'] }),
  below('shuiwu', 'paishui', '市排水管理中心', '排水 污水 内涝 化粪池', { always: true }),
  unit('lindao', '市林业局', '林业 野生动物'),
  unit('haiyang', '市海洋和渔业局', '海洋 渔业 海滩'),
  unit('nongye', '市农业农村局', '农业 农村 宅基地'),
  unit('zhengshou', '市房屋征收事务中心', '征收 拆迁 安置'),
]

const ECONOMY = [
  unit('jiaotong', '市交通运输局', '交通局 出租车 网约车 公路', { experts: ['道路客运'] }),
  below('jiaotong', 'gonglu', '市公路养护中心', '公路 国道 省道'),
  below('jiaotong', 'yunguan', '市道路运输服务中心', '运管 出租车 失物 网约车', { always: true }),
  unit('shijian', '市市场监督管理局', '市监局 工商 食品 消费 退货', {
    experts: ['食品安全', '特种设备（电梯）'],
  }),
  below('shijian', 'xiaowei', '市消费者委员会', '消委会 消费维权'),
  unit('fagai', '市发展和改革委员会', '发改委 价格'),
  unit('shangwu', '市商务局', '商务 离岛免税 加油站'),
  unit('gongxin', '市工业和信息化局', '工信局 通信'),
  unit('yingshang', '市营商环境建设局', '营商局 企业服务'),
  unit('zhengwu', '市政务服务中心', '政务大厅 办事指南 行政审批'),
  unit('shuju', '市大数据局', '大数据 政务平台'),
  unit('shuiwuju', '市税务局', '税务 发票 个税'),
  unit('caizheng', '市财政局', '财政'),
  unit('tongji', '市统计局', '统计'),
  unit('kejiao', '市科学技术局', '科技'),
  unit('lvwen', '市旅游和文化广电体育局', '旅文局 旅游 景区 广场舞', { experts: ['旅游投诉'] }),
  unit('jinrong', '市金融工作办公室', '金融办 非法集资'),
  unit('guozi', '市国有资产监督管理委员会', '国资委'),
  unit('minzong', '市民族宗教事务局', '民宗'),
  unit('waiban', '市外事办公室', '外办 外籍'),
]

const SAFETY = [
  unit('yingji', '市应急管理局', '应急局 台风 安全生产', { always: true, experts: ['防台风与三防'] }),
  unit('xiaofang', '市消防救援支队', '消防 消防通道 安全出口', { always: true, experts: ['消防疏散'] }),
  unit('qixiang', '市气象局', '气象 台风', { always: true }),
  unit('haishi', '市海事局', '海事 船舶', { always: true }),
  unit('haiguan', '海棠海关', '海关 免税 通关'),
  unit('yancao', '市烟草专卖局', '烟草'),
  unit('youzheng', '市邮政管理局', '邮政 快递'),
]

const UTILITIES = [
  utility('gongshui', '市供水有限公司', '供水 停水 自来水 水表', ['二次供水']),
  utility('gongdian', '海棠供电局', '供电 停电 电力 电表', ['配网抢修']),
  utility('ranqi', '海棠燃气有限公司', '燃气 煤气 供气', ['燃气安全']),
  utility('dianxin', '中国电信海棠分公司', '电信 宽带'),
  utility('yidong', '中国移动海棠分公司', '移动 信号'),
  utility('liantong', '中国联通海棠分公司', '联通'),
  utility('tieta', '中国铁塔海棠分公司', '铁塔 基站'),
  utility('gongjiao', '海棠公交集团', '公交 公交车 站台'),
  utility('danche', '海棠共享单车运营中心', '共享单车 电单车'),
  utility('wushui', '海棠污水处理有限公司', '污水 污水厂'),
]

const HUBS = [
  hub('jichang', '海棠国际机场', '机场 椰风机场 航班 行李'),
  hub('gangkou', '海棠港口集团', '港口 新海港 秀林港 轮渡'),
  hub('huoche', '海棠火车站', '火车站 高铁东站 高铁西站 铁路'),
  hub('qichezhan', '海棠汽车客运总站', '汽车站 长途客运'),
]

export const CITY_UNITS: readonly CityUnit[] = [
  ...LAW_AND_ORDER,
  ...LIVELIHOOD,
  ...TOWN,
  ...ECONOMY,
  ...SAFETY,
  ...UTILITIES,
  ...HUBS,
]
