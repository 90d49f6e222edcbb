/** What citizens call about, as an agent would write it down. `category` is an item of the demo city's list. */
export interface Matter {
  readonly type: 'CONSULT' | 'HELP' | 'COMPLAINT' | 'REPORT' | 'SUGGEST' | 'PRAISE'
  readonly category: string
  readonly title: string
  readonly text: string
  /** The title already says where, or it does not matter. */
  readonly placeless?: true
}

const GENERAL: readonly Matter[] = [
  {
    type: 'HELP',
    category: '路灯',
    title: '路灯不亮影响夜间出行',
    text: '市民反映，该路段约有十盏路灯已连续三晚不亮，老人和放学的孩子夜间通行不便，希望尽快安排检修并告知修复时间。',
  },
  {
    type: 'COMPLAINT',
    category: '施工噪声',
    title: '工地夜间施工噪声扰民',
    text: '市民来电投诉，小区旁工地晚上十一点后仍在使用打桩机施工，影响居民休息，此前已与施工方沟通未果，要求核查夜间施工许可并制止。',
  },
  {
    type: 'HELP',
    category: '井盖',
    title: '人行道井盖缺失存在安全隐患',
    text: '市民反映，人行道上一处雨水井盖缺失，目前仅用树枝示意，来往行人较多，请相关部门先行围挡并尽快补装。',
  },
  {
    type: 'COMPLAINT',
    category: '垃圾清运',
    title: '小区垃圾清运不及时',
    text: '市民反映，小区垃圾分类投放点已两天未清运，垃圾外溢并有异味，希望督促清运单位按时作业。',
  },
  {
    type: 'COMPLAINT',
    category: '广场舞',
    title: '广场舞音响声音过大',
    text: '市民反映，每晚七点至十点小区门前广场跳舞的音响声音过大，家中有高三学生备考，希望协调控制音量与时间。',
  },
  {
    type: 'REPORT',
    category: '占道经营',
    title: '流动摊贩占道经营影响通行',
    text: '市民反映，傍晚时段多辆流动餐车占用非机动车道经营，造成通行困难，油污未清理，希望城管部门加强巡查。',
  },
  {
    type: 'REPORT',
    category: '消防通道',
    title: '私家车长期占用消防通道',
    text: '市民举报，小区东侧消防通道长期停放私家车，物业多次劝导无效，担心发生火情时消防车辆无法进入。',
  },
  {
    type: 'COMPLAINT',
    category: '物业服务',
    title: '电梯频繁故障物业维修不力',
    text: '市民反映，所住楼栋电梯一个月内停运四次，物业仅临时复位，未更换配件，要求物业公示维修方案和时间。',
  },
  {
    type: 'HELP',
    category: '积水',
    title: '雨后路面积水严重',
    text: '市民反映，降雨后该路口积水约二十厘米，行人无法通过，疑为排水口堵塞，请尽快疏通。',
  },
  {
    type: 'CONSULT',
    category: '办事指南',
    title: '咨询居住证办理所需材料',
    text: '市民咨询办理居住证所需材料及受理窗口，话务员已告知需提供身份证、居住证明及近期照片，可在线预约。',
    placeless: true,
  },
  {
    type: 'CONSULT',
    category: '划片入学',
    title: '咨询秋季小学入学划片范围',
    text: '市民咨询所住小区对应的小学学区及报名时间，已告知以教育部门当年公布的招生方案为准，并登记需求待回复。',
  },
  {
    type: 'SUGGEST',
    category: '公交',
    title: '建议增设早高峰公交班次',
    text: '市民建议，早高峰候车时间超过二十五分钟，车厢拥挤，希望公交公司在七点至八点半增加两班区间车。',
  },
  {
    type: 'PRAISE',
    category: '工作作风',
    title: '表扬社区工作人员热心帮助老人',
    text: '市民来电表扬，社区网格员连续一周上门为独居老人送药并协助办理高龄津贴，态度耐心，希望予以肯定。',
  },
]

/** Lines that serve one field; others carry whatever is on people's minds. */
const BY_LINE: Readonly<Record<string, readonly Matter[]>> = {
  12315: [
    {
      type: 'COMPLAINT',
      category: '食品过期',
      title: '超市销售过期食品',
      text: '消费者反映，购买的袋装酸奶已超过保质期三天，商家只同意退款不愿说明情况，要求市场监管部门检查同批次商品。',
    },
    {
      type: 'COMPLAINT',
      category: '退货退款',
      title: '健身房停业预付卡余额不退',
      text: '消费者反映，健身房突然停业，办理的年卡剩余一千六百元无法退回，联系负责人未接听，请求协调退款。',
    },
  ],
  12319: [
    {
      type: 'HELP',
      category: '路面',
      title: '路面破损坑洼需修补',
      text: '市民反映，主路面有一处直径约半米的坑洞，电动车已有人摔倒，请尽快修补并设置警示标志。',
    },
  ],
  12320: [
    {
      type: 'CONSULT',
      category: '疫苗接种',
      title: '咨询流感疫苗接种点及预约方式',
      text: '市民咨询六十岁以上老人流感疫苗接种地点和费用，已告知可在户籍或居住地社区卫生服务中心预约。',
      placeless: true,
    },
  ],
  12328: [
    {
      type: 'COMPLAINT',
      category: '出租车',
      title: '出租车拒载并绕路',
      text: '乘客投诉，在火车站乘坐出租车，司机不打表并绕路，索要费用高于正常价格一倍，已提供车牌尾号，要求核查处理。',
    },
  ],
  12329: [
    {
      type: 'CONSULT',
      category: '公积金咨询',
      title: '咨询租房提取公积金条件',
      text: '市民咨询本市无房租房提取住房公积金的条件和额度，已告知连续缴存满三个月可申请，建议通过手机端办理。',
      placeless: true,
    },
  ],
  12333: [
    {
      type: 'HELP',
      category: '讨薪',
      title: '工地拖欠农民工工资',
      text: '市民反映，与工友共九人在工地务工，被拖欠两个月工资约七万元，包工头失联，请求劳动监察部门介入。',
    },
    {
      type: 'CONSULT',
      category: '社保服务',
      title: '咨询灵活就业人员参保',
      text: '市民咨询灵活就业人员养老保险缴费档次和补缴规定，已按现行政策答复，需人社部门进一步确认补缴年限。',
      placeless: true,
    },
  ],
  12367: [
    {
      type: 'CONSULT',
      category: '出入境',
      title: '外籍人士咨询居留许可延期',
      text: '来电人为外籍教师，咨询工作类居留许可到期前延期的办理时限和材料，已用英语答复，并告知出入境大厅地址。',
      placeless: true,
    },
  ],
  12369: [
    {
      type: 'REPORT',
      category: '水体',
      title: '河道水体发黑发臭',
      text: '市民举报，河段水面发黑并有刺鼻气味，疑有企业在夜间排放污水，请环保部门现场取样核查。',
    },
  ],
  12381: [
    {
      type: 'CONSULT',
      category: '惠企政策',
      title: '小微企业咨询稳岗补贴申领',
      text: '企业负责人咨询稳岗返还和一次性扩岗补助的申领条件与截止时间，已记录企业名称，请主管部门回电说明。',
      placeless: true,
    },
    {
      type: 'HELP',
      category: '营商环境',
      title: '企业反映厂区门口道路施工影响物流',
      text: '企业反映，厂区门口道路开挖已逾两个月未恢复，货车无法进出，请求协调施工单位先行开通临时便道。',
    },
  ],
  95598: [
    {
      type: 'HELP',
      category: '供电',
      title: '小区突然停电未见公告',
      text: '市民反映，小区自下午三点起停电，未收到停电通知，家中有老人使用制氧机，请求尽快抢修并告知恢复时间。',
    },
    {
      type: 'HELP',
      category: '供水',
      title: '自来水浑浊发黄',
      text: '市民反映，昨日起自来水浑浊发黄并有沉淀，疑为管网改造所致，请供水单位检测水质并冲洗管道。',
    },
  ],
}

/** Of 海棠市, which is invented. */
const PLACES = [
  ...[
    '海棠区滨海大道与椰林路交叉口',
    '金湾区望海路 86 号锦绣花园',
    '新埠区文明东路 21 号',
    '海棠区解放西路人民公园南门',
  ],
  ...['金湾区龙腾路观澜小区 3 栋', '新埠区渔港一路菜市场', '海棠区学府路海棠中学北门', '白沙镇建设街 57 号'],
  ...['金湾区科技园二路 9 号', '白沙镇红旗村村口', '新埠区环岛路 118 号阳光海岸', '海棠区火车站东广场'],
] as const

export interface WrittenMatter extends Matter {
  readonly place: string
}

/**
 * What the caller on this line is about.
 * @param chance 0 to 1, drawn anew for each call; twice, so that matter and place vary by themselves
 */
export function matterFor(line: string, chance: () => number): WrittenMatter {
  const matter = pick(BY_LINE[line] ?? GENERAL, chance())
  return { ...matter, place: matter.placeless === true ? '' : pick(PLACES, chance()) }
}

/** All that callers on a line may be about. */
export function mattersOf(lines: readonly string[]): readonly Matter[] {
  return lines.flatMap(line => BY_LINE[line] ?? GENERAL)
}

function pick<T>(from: readonly T[], chance: number): T {
  const found = from[Math.min(from.length - 1, Math.floor(chance * from.length))]
  if (found === undefined) throw new Error('nothing to pick from')
  return found
}
