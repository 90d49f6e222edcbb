/** 海棠市's duty catalogue (部门职责清单): the words that tell each category, and where its orders go. Blanks part words. */

export interface DutyDraft {
  readonly lead: string
  readonly co: string
  readonly any?: string
  readonly all?: string
  readonly none?: string
  /** An area's name. */
  readonly area?: string
  readonly hours?: typeof NIGHT
  readonly expert?: string
  readonly mediator?: string
  readonly handler?: true
  readonly priority?: 'P1' | 'P2'
}

type More = Omit<DutyDraft, 'lead' | 'co'>

/** An item of the categories: its words, and its rules in order. */
export type ItemDuties = readonly [item: string, words: string, rules: readonly DutyDraft[]]

/** An area of the categories: its items, and where the rest goes. */
export type AreaDuties = readonly [area: string, items: readonly ItemDuties[], rest: DutyDraft]

const NIGHT = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '06:00' }] as const

const to = (lead: string, co = '', more: More = {}): DutyDraft => ({ lead, co, ...more })

/** Whatever the category: they come first. */
export const FIRST_DUTIES: readonly DutyDraft[] = [
  to('gongshui', 'gongdian', { all: '停电 停水', priority: 'P1' }),
  to('yingji', '{district} {street}', {
    any: '台风 风暴潮 强降雨',
    none: '停课 航班',
    expert: '防台风',
    priority: 'P1',
  }),
  to('xiaofang', '{street} {community}', {
    any: '安全出口 疏散通道 消防通道',
    expert: '消防疏散',
    priority: 'P1',
  }),
  to('ranqi', 'yingji', { any: '燃气泄漏 煤气泄漏 闻到煤气味 燃气味', expert: '燃气安全', priority: 'P1' }),
  to('gongan', 'xinfang {street}', { any: '聚众 围堵 拉横幅 群体上访', priority: 'P1' }),
  to('jiaoyu', 'gongan jiaotong', { any: '准考证 高考当天 考场', priority: 'P1' }),
  to('jichang', 'jiaotong', { any: '航班 登机 行李丢失', area: '椰风街道' }),
  to('gangkou', 'haishi', { any: '轮渡 过海 滞留', area: '新港街道', priority: 'P1' }),
]

const CITY_MANAGEMENT: readonly AreaDuties[] = [
  [
    '市容环境',
    [
      [
        '占道经营',
        '占道 摆摊 摊贩 流动摊 夜市 烧烤摊 店外经营 出店经营 占用人行道',
        [
          to('zhifa', '{street}', { any: '夜市 烧烤', hours: NIGHT }),
          to('{street}', 'zhifa', { any: '农贸市场 菜市场' }),
          to('zhifa', '{street} {community}', { handler: true }),
        ],
      ],
      [
        '乱堆乱放',
        '乱堆 堆放 杂物 堆杂物 建筑垃圾 余泥',
        [
          to('xiaofang', '{community}', { any: '楼道 电动车 走廊', expert: '消防疏散' }),
          to('zhifa', 'zhujian', { any: '建筑垃圾 余泥 渣土' }),
          to('{community}', '{street}'),
        ],
      ],
      [
        '垃圾清运',
        '垃圾 垃圾桶 垃圾站 清运 保洁 扫地 异味 臭味',
        [to('huanwei', '{street}', { any: '垃圾站 转运站' }), to('huanwei', '{street}')],
      ],
      ['小广告', '小广告 牛皮癣 贴广告', [to('zhifa', '{community}'), to('{street}', 'zhifa')]],
      [
        '油烟',
        '油烟 餐饮油烟 烟味 排烟',
        [to('zhifa', 'shengtai', { any: '烧烤 大排档' }), to('shengtai', 'zhifa {street}')],
      ],
    ],
    to('chengguan', '{street}'),
  ],
  [
    '噪声扰民',
    [
      [
        '施工噪声',
        '施工噪音 施工噪声 工地 打桩 夜间施工 混凝土 挖掘机',
        [
          to('zhifa', 'shengtai zhijian', { any: '工地 夜间施工', hours: NIGHT }),
          to('shengtai', 'zhujian', { expert: '环境噪声' }),
        ],
      ],
      [
        '商铺音响',
        '音响 喇叭 酒吧 卡拉OK KTV 促销 叫卖',
        [to('zhian', 'lvwen', { any: '酒吧 KTV 卡拉OK' }), to('zhian', '{street}')],
      ],
      ['广场舞', '广场舞 跳舞', [to('zhian', 'lvwen {street}', { any: '公园' }), to('{street}', 'zhian')]],
      [
        '邻里噪声',
        '楼上 楼下 隔壁 装修噪音 装修噪声 钢琴 狗叫 噪音 噪声 扰民',
        [
          to('{community}', '{justice-office}', { any: '楼上 楼下 隔壁', mediator: '邻里' }),
          to('{community}', 'zhujian', { any: '装修' }),
          to('zhian', '{street} {community}'),
        ],
      ],
    ],
    to('zhian', 'shengtai {street}'),
  ],
  [
    '交通管理',
    [
      [
        '违停堵路',
        '违停 违章停车 乱停 乱停乱放 堵路 堵车 占用车道 消防车道',
        [
          to('jiaojing', '{street}', { any: '堵死 严重拥堵 大堵车', priority: 'P1' }),
          to('xiaofang', 'jiaojing', { any: '消防车道' }),
          to('jiaojing', '{community}', { any: '小区门口 校门口 学校门口' }),
          to('jiaojing', '{street}'),
        ],
      ],
      ['挪车服务', '挪车 移车 挡住车 堵住车 出不去', [to('jiaojing', '', { handler: true })]],
      [
        '信号灯',
        '红绿灯 信号灯 红灯 绿灯 标线 斑马线',
        [
          to('jiaojing', 'shizheng', { any: '不亮 坏了 故障', priority: 'P2' }),
          to('jiaojing', '', { expert: '信号配时' }),
        ],
      ],
      [
        '出租车',
        '出租车 的士 网约车 滴滴 打表 拒载 绕路 落在车上 遗失物品',
        [
          to('yunguan', '', { any: '落在 遗失 丢失 忘在', handler: true }),
          to('yunguan', 'jiaotong', { expert: '道路客运' }),
        ],
      ],
      ['共享单车', '共享单车 共享电单车 单车乱停', [to('danche', '{street}'), to('jiaotong', 'danche')]],
    ],
    to('jiaojing', 'jiaotong'),
  ],
  [
    '市政设施',
    [
      [
        '井盖',
        '井盖 窨井 沙井 下水井盖',
        [
          to('dianxin', 'shizheng', { any: '电信井 通信井' }),
          to('shizheng', 'paishui', { any: '缺失 丢失 掉下去 塌陷', priority: 'P1' }),
          to('shizheng', 'paishui'),
        ],
      ],
      [
        '路灯',
        '路灯 灯不亮 不亮灯 没有灯',
        [to('{community}', 'shizheng', { any: '小区内' }), to('shizheng', 'gongdian')],
      ],
      [
        '路面',
        '路面 坑洼 破损 塌陷 人行道砖',
        [
          to('shizheng', 'jiaojing', { any: '塌陷 大坑', priority: 'P1' }),
          to('gonglu', '{district}', { any: '国道 省道 公路 村道' }),
          to('shizheng', '{street}'),
        ],
      ],
      [
        '护栏',
        '护栏 栏杆 隔离栏',
        [to('jiaojing', 'shizheng', { any: '隔离栏 中间护栏' }), to('shizheng', 'jiaojing')],
      ],
      ['公厕', '公厕 公共厕所 卫生间', [to('huanwei', '{street}')]],
    ],
    to('shizheng', '{street}'),
  ],
  [
    '供水排水',
    [
      [
        '供水',
        '停水 没水 水压 自来水 水表 水质 二次供水 爆管',
        [
          to('gongshui', '{street}', { any: '停水 没水 爆管', priority: 'P1' }),
          to('gongshui', 'weijian', { any: '水质 发黄 二次供水', expert: '二次供水' }),
          to('gongshui', 'shuiwu'),
        ],
      ],
      [
        '排水',
        '下水道 污水 化粪池 堵塞 倒灌 排水管',
        [
          to('wushui', 'shengtai', { any: '污水厂 污水处理' }),
          to('{community}', 'zhujian', { any: '化粪池 小区' }),
          to('paishui', 'shuiwu'),
        ],
      ],
      [
        '积水',
        '积水 内涝 水浸 淹水 道路积水',
        [
          to('paishui', 'jiaojing {street}', { any: '淹 车辆被困 倒灌', priority: 'P1' }),
          to('paishui', 'shizheng', { expert: '城市排水' }),
        ],
      ],
    ],
    to('shuiwu', 'gongshui paishui'),
  ],
  [
    '供电供气通信',
    [
      [
        '供电',
        '停电 没电 断电 跳闸 电压 电表 电费 变压器 电线',
        [
          to('gongdian', '{street}', { any: '停电 没电 断电', expert: '配网抢修', priority: 'P1' }),
          to('gongdian', 'yingji', { any: '漏电 电线掉 电线断', priority: 'P1' }),
          to('gongdian', ''),
        ],
      ],
      [
        '供气',
        '停气 没气 燃气表 煤气 燃气费 通气 天然气',
        [to('ranqi', '{street}', { any: '停气 没气', priority: 'P1' }), to('ranqi', 'zhujian')],
      ],
      [
        '通信',
        '宽带 信号差 没信号 网速 基站 光纤 手机信号 话费',
        [
          to('dianxin', '', { any: '电信' }),
          to('yidong', '', { any: '移动' }),
          to('liantong', '', { any: '联通' }),
          to('tieta', 'gongxin', { any: '基站 辐射' }),
          to('gongxin', 'dianxin'),
        ],
      ],
    ],
    to('gongxin', 'gongdian ranqi'),
  ],
  [
    '违法建设与规划',
    [
      [
        '违法建设',
        '违建 违章建筑 违规建设 违法建筑 私搭乱建 搭棚 加建 加盖 抢建 铁皮棚 顶楼',
        [
          to('{street}', '{justice-office} zhifa', { any: '顶楼 楼顶 天台 搭棚 雨棚', mediator: '邻里' }),
          to('nongye', '{street}', { any: '宅基地 耕地 农田' }),
          to('zhifa', 'ziran {street}'),
        ],
      ],
      [
        '违规施工',
        '违规施工 无证施工 私自施工 拆承重墙 承重墙',
        [
          to('zhujian', '{community}', { any: '承重墙', expert: '房屋安全', priority: 'P1' }),
          to('zhijian', 'zhifa'),
        ],
      ],
      [
        '广告牌',
        '广告牌 招牌 灯箱',
        [to('zhifa', 'yingji', { any: '松动 掉落 摇晃', priority: 'P1' }), to('zhifa', '{street}')],
      ],
    ],
    to('zhifa', 'ziran'),
  ],
  [
    '园林绿化与水体海洋',
    [
      [
        '园林绿化',
        '树木 树枝 大树 绿化带 草坪 公园 砍树 倒树',
        [to('yuanlin', 'gongdian', { any: '倒树 树倒 压住', priority: 'P1' }), to('yuanlin', '{street}')],
      ],
      [
        '水体',
        '河道 黑臭 湖水 河涌 水面',
        [to('shuiwu', 'shengtai', { any: '黑臭 排污' }), to('shuiwu', '{street}')],
      ],
      [
        '海洋环境',
        '海滩 沙滩 海水 海漂 渔排 红树林',
        [to('lindao', 'haiyang', { any: '红树林' }), to('haiyang', 'huanwei {street}')],
      ],
    ],
    to('yuanlin', 'shuiwu'),
  ],
  [
    '安全生产与应急',
    [
      [
        '危房',
        '危房 裂缝 倾斜 房屋开裂',
        [
          to('zhujian', '{street} yingji', { any: '倾斜 倒塌 要塌', priority: 'P1', expert: '房屋安全' }),
          to('zhujian', '{street}', { expert: '房屋安全' }),
        ],
      ],
      [
        '高空坠物',
        '高空抛物 高空坠物 外墙脱落 掉下来 瓷砖脱落',
        [
          to('{community}', 'gongan', { any: '抛物', mediator: '邻里' }),
          to('zhujian', '{community}', { priority: 'P1' }),
        ],
      ],
      [
        '消防通道',
        '消防通道 安全出口 灭火器 消防栓 堵塞通道',
        [to('xiaofang', '{street} {community}', { expert: '消防疏散', priority: 'P1' })],
      ],
      [
        '燃气安全',
        '燃气泄漏 煤气泄漏 煤气味 液化气 气瓶',
        [
          to('ranqi', 'yingji', { any: '泄漏 味', expert: '燃气安全', priority: 'P1' }),
          to('zhujian', 'ranqi'),
        ],
      ],
    ],
    to('yingji', '{street}'),
  ],
]

const SOCIETY: readonly AreaDuties[] = [
  [
    '劳动纠纷',
    [
      [
        '讨薪',
        '欠薪 拖欠工资 讨薪 工资 拖欠 工程款 装修款 工钱 农民工',
        [
          to('{justice-office}', 'laodong {community}', { any: '装修款 货款 欠款 借款', mediator: '债务' }),
          to('laodong', 'zhujian', { any: '工地 工程款 农民工 包工头', expert: '劳动争议', priority: 'P2' }),
          to('laodong', '{street}', { expert: '劳动争议' }),
        ],
      ],
      [
        '劳动合同',
        '劳动合同 辞退 加班 解除合同 试用期 劳动仲裁',
        [to('zhongcai', 'renshe', { any: '仲裁' }), to('laodong', 'zhongcai')],
      ],
    ],
    to('renshe', 'laodong'),
  ],
  [
    '社会保障',
    [
      [
        '社保服务',
        '社保 社保卡 参保 缴费 断缴 灵活就业',
        [to('shuiwuju', 'shebao', { any: '缴费失败 扣款' }), to('shebao', 'renshe', { expert: '社会保险' })],
      ],
      [
        '养老',
        '养老金 退休 养老保险 养老院 高龄补贴',
        [to('minzheng', '{street}', { any: '养老院 高龄补贴 长寿' }), to('shebao', 'renshe')],
      ],
      ['失业', '失业金 失业 失业补助 就业', [to('shebao', 'renshe')]],
    ],
    to('renshe', 'shebao'),
  ],
  [
    '户政出入境',
    [
      [
        '户政管理',
        '户口 身份证 户籍 居住证 改名',
        [to('gongan', '', { any: '身份证 居住证' }), to('gongan', 'zhian')],
      ],
      [
        '出入境',
        '护照 签证 港澳通行证 出入境 通行证',
        [to('chuguan', 'waiban', { any: '外籍 外国人 签证' }), to('chuguan', 'gongan')],
      ],
    ],
    to('gongan', 'chuguan'),
  ],
  [
    '邻里与物业矛盾',
    [
      [
        '物业服务',
        '物业 物业费 电梯 业委会 停车费 保安 维修资金 门禁',
        [
          to('shijian', 'zhujian {community}', {
            all: '电梯',
            any: '困人 被困',
            expert: '特种设备',
            priority: 'P1',
          }),
          to('shijian', 'zhujian {community}', { any: '电梯', expert: '特种设备' }),
          to('weixiu', 'zhujian', { any: '维修资金 维修基金' }),
          to('zhujian', '{street} {community}', { any: '业委会 业主大会' }),
          to('zhujian', '{community}', { expert: '物业管理' }),
        ],
      ],
      [
        '邻里纠纷',
        '邻居 邻里 邻里纠纷 吵架 漏水 共用 采光 相邻',
        [
          to('{justice-office}', '{community} zhujian', { any: '漏水 渗水', mediator: '邻里' }),
          to('{justice-office}', '{community}', { mediator: '邻里' }),
        ],
      ],
    ],
    to('{community}', 'zhujian'),
  ],
  [
    '治安与群体性事件',
    [
      [
        '治安',
        '打架 偷窃 被偷 小偷 诈骗 被骗 赌博 养狗 恶犬',
        [
          to('jinrong', 'gongan', { any: '非法集资 投资被骗 理财' }),
          to('zhian', '{community}', { any: '养狗 恶犬 烈性犬' }),
          to('gongan', '{street}'),
        ],
      ],
      [
        '群体性事件',
        '聚众 集体上访 拉横幅 围堵 维权人群',
        [to('gongan', 'xinfang {street}', { priority: 'P1' })],
      ],
    ],
    to('gongan', '{street}'),
  ],
  [
    '消费维权',
    [
      [
        '退货退款',
        '退货 退款 不退钱 预付卡 办卡 健身房 假货 质量问题 售后',
        [
          to('lvwen', 'shijian', { any: '健身房 健身卡' }),
          to('xiaowei', 'shijian', { any: '网购 预付卡' }),
          to('shijian', 'xiaowei'),
        ],
      ],
      [
        '食品过期',
        '过期 过保质期 保质期 变质 食品 食物中毒 异物 发霉',
        [
          to('shijian', 'jikong', { any: '中毒 拉肚子 呕吐', expert: '食品安全', priority: 'P1' }),
          to('shijian', 'xiaowei', { expert: '食品安全' }),
        ],
      ],
      [
        '价格争议',
        '价格 涨价 乱收费 明码标价 宰客 收费',
        [to('jiaoyu', 'fagai', { any: '学校收费 学费' }), to('shijian', 'fagai')],
      ],
    ],
    to('shijian', 'xiaowei'),
  ],
  [
    '房屋征收与产权',
    [
      [
        '房产证办理',
        '房产证 不动产证 过户 不动产登记 产权证 办证',
        [
          to('budongchan', 'zhujian', { any: '办不下来 迟迟 开发商', expert: '不动产登记', priority: 'P2' }),
          to('budongchan', 'ziran', { expert: '不动产登记' }),
        ],
      ],
      ['房屋征收', '征收 拆迁 补偿款 安置房 安置', [to('zhengshou', '{district}')]],
      [
        '开发商规范建设及销售',
        '开发商 楼盘 商品房 延期交房 烂尾 预售 售楼',
        [
          to('zhujian', 'shijian', { any: '虚假宣传 广告' }),
          to('zhujian', '{district}', { any: '烂尾 延期交房', priority: 'P2' }),
          to('zhujian', 'fangguan'),
        ],
      ],
    ],
    to('zhujian', 'ziran'),
  ],
  [
    '重点人员与帮扶',
    [
      [
        '困难帮扶',
        '低保 困难 救助 流浪 孤寡 临时救助',
        [
          to('minzheng', 'gongan', { any: '流浪 乞讨' }),
          to('tuiyi', 'minzheng', { any: '退役军人 优抚' }),
          to('fulian', 'gongan {street}', { any: '家暴 家庭暴力 妇女' }),
          to('minzheng', '{street} {community}'),
        ],
      ],
      [
        '残疾人服务',
        '残疾 残疾证 残疾人 盲道 轮椅 无障碍',
        [to('shizheng', 'canlian', { any: '盲道 坡道 无障碍' }), to('canlian', 'minzheng')],
      ],
    ],
    to('minzheng', '{street}'),
  ],
  [
    '作风与信访',
    [
      [
        '工作作风',
        '态度差 不作为 推诿 踢皮球 乱作为 服务态度',
        [
          to('weijian', '', { any: '医院 医生 护士' }),
          to('zhengwu', '{district}', { any: '窗口 大厅 办事' }),
          to('hotline', '{district}'),
        ],
      ],
      ['信访事项', '信访 上访 来信', [to('xinfang', '{district}')]],
    ],
    to('xinfang', 'hotline'),
  ],
]

const PUBLIC_SERVICE: readonly AreaDuties[] = [
  [
    '教育',
    [
      [
        '划片入学',
        '划片 学区 上小学 小学 入学 学位 转学 片区 幼升小 小升初',
        [
          to('jiaoyu', 'gongan', { any: '积分 居住证 随迁', expert: '义务教育' }),
          to('jiaoyu', '{district}', { expert: '义务教育' }),
        ],
      ],
      ['高考', '高考 中考 考试 准考证 报名考试', [to('jiaoyu', '', { priority: 'P2' })]],
      [
        '校外培训',
        '培训班 补习 校外培训 培训机构 退费',
        [to('jiaoyu', 'shijian', { any: '退费 跑路 倒闭' }), to('jiaoyu', 'lvwen')],
      ],
    ],
    to('jiaoyu', ''),
  ],
  [
    '医疗卫生',
    [
      [
        '就医服务',
        '医院 挂号 看病 医生 住院 急诊 医疗纠纷',
        [
          to('weijian', '{justice-office}', { any: '医疗纠纷 医疗事故 误诊', expert: '医疗纠纷' }),
          to('jijiu', 'weijian', { any: '救护车' }),
          to('weijian', ''),
        ],
      ],
      ['疫苗接种', '疫苗 接种 打针 狂犬 流感', [to('jikong', 'weijian')]],
      [
        '医疗保险',
        '医保 医保卡 异地就医 报销 生育津贴',
        [to('yibao', 'shuiwuju', { any: '缴费' }), to('yibao', '')],
      ],
    ],
    to('weijian', ''),
  ],
  [
    '交通服务',
    [
      [
        '公交',
        '公交 公交车 站台 班次 等车 公交卡 候车',
        [to('gongjiao', 'jiaotong', { any: '线路 增设 延长' }), to('gongjiao', '')],
      ],
      [
        '港口机场',
        '机场 航班 港口 轮渡 过海 火车站 高铁 汽车站 长途',
        [
          to('gangkou', 'haishi', { any: '港 轮渡 过海 船' }),
          to('huoche', '', { any: '火车 高铁 动车' }),
          to('qichezhan', 'jiaotong', { any: '汽车站 长途' }),
          to('jichang', ''),
        ],
      ],
    ],
    to('jiaotong', ''),
  ],
  [
    '公积金住房',
    [
      ['公积金咨询', '公积金 公积金贷款 提取公积金', [to('gongjijin', '')]],
      [
        '保障性住房',
        '公租房 安居房 保障房 廉租房 租房补贴',
        [to('fangguan', 'rencai', { any: '人才' }), to('fangguan', 'zhujian')],
      ],
    ],
    to('gongjijin', 'fangguan'),
  ],
  [
    '人才引进与落户',
    [
      [
        '人才引进',
        '人才引进 人才补贴 人才公寓 高层次人才 引才',
        [to('rencai', 'fangguan', { any: '公寓 住房' }), to('rencai', 'renshe')],
      ],
      [
        '落户',
        '落户 迁户口 入户 户口迁移',
        [to('rencai', 'gongan', { any: '人才' }), to('gongan', 'rencai')],
      ],
    ],
    to('rencai', 'gongan'),
  ],
  [
    '政务办事',
    [
      [
        '年检',
        '年检 年审 年报 营业执照 网上年检 工商年报',
        [
          to('shijian', 'zhengwu', { any: '营业执照 年报 企业 个体' }),
          to('cheguan', 'shijian', { any: '车 机动车 摩托' }),
          to('zhengwu', 'shijian'),
        ],
      ],
      ['车管业务', '驾驶证 驾照 车牌 上牌 行驶证 车管所 过户车', [to('cheguan', 'jiaojing')]],
      [
        '办事指南',
        '怎么办理 需要什么材料 办事流程 预约 材料 窗口',
        [to('shuju', 'zhengwu', { any: 'APP 小程序 系统 登录' }), to('zhengwu', '')],
      ],
    ],
    to('zhengwu', ''),
  ],
  [
    '企业与营商',
    [
      [
        '营商环境',
        '营商环境 企业诉求 企业注册 融资 开办企业',
        [to('jinrong', 'yingshang', { any: '贷款 融资' }), to('yingshang', 'shijian', { priority: 'P2' })],
      ],
      [
        '惠企政策',
        '优惠政策 投资 招商 补贴政策 税收优惠 惠企 减税',
        [to('shuiwuju', 'yingshang', { any: '税收 减税 退税' }), to('yingshang', 'shangwu')],
      ],
    ],
    to('yingshang', ''),
  ],
  [
    '旅游免税',
    [
      [
        '旅游投诉',
        '旅游 导游 旅行社 景区 酒店 民宿 门票',
        [
          to('lvwen', 'shijian', { any: '宰客 海鲜 强制购物', expert: '旅游投诉', priority: 'P2' }),
          to('lvwen', '', { expert: '旅游投诉' }),
        ],
      ],
      [
        '离岛免税',
        '免税 免税店 提货 离岛免税',
        [to('haiguan', 'shangwu', { any: '额度 海关 套购' }), to('shangwu', 'jichang')],
      ],
    ],
    to('lvwen', ''),
  ],
  [
    '政策咨询',
    [
      [
        '政策咨询',
        '政策 咨询政策 文件 规定',
        [to('shuiwuju', '', { any: '税 发票' }), to('haiguan', '', { any: '通关 清关' }), to('zhengwu', '')],
      ],
    ],
    to('zhengwu', ''),
  ],
]

/** In the order of the categories' three groups. */
export const DUTIES: readonly (readonly AreaDuties[])[] = [CITY_MANAGEMENT, SOCIETY, PUBLIC_SERVICE]

/** Where everything else goes: where the place is known to its street, else to the hotline office. */
export const LAST_DUTIES: readonly DutyDraft[] = [to('{street}', '{district}'), to('hotline', '')]

/** P0: who is called at once. */
export const EMERGENCY_WORDS = [
  ['110', '持刀 砍人 杀人 抢劫 绑架 轻生 自杀 跳楼 入室 正在打人 被殴打'],
  ['119', '着火 起火 火灾 冒烟 爆炸 被困火场 浓烟'],
  ['120', '昏迷 晕倒 心脏病 大出血 没有呼吸 心梗 溺水 触电 服毒'],
  ['122', '车祸 撞人 撞车 交通事故 翻车 肇事逃逸'],
] as const

/** P1 as case-model has it: danger, outages, blocked exits, heavy jams, crowds, typhoon, the days of examinations. */
export const URGENT_WORDS =
  '停水 停电 停气 没水没电 爆管 泄漏 漏电 塌陷 倒塌 要塌 被困 困在电梯 堵住出口 安全出口 消防通道 ' +
  '严重拥堵 大堵车 聚众 围堵 拉横幅 台风 内涝 食物中毒 高考当天 准考证 高空坠物 井盖缺失'

/** P2: what gets about, and what came again. */
export const IMPORTANT_WORDS =
  '媒体 记者 市领导 人大代表 政协委员 多次反映 第三次 反复投诉 一直没有解决 企业停产'
