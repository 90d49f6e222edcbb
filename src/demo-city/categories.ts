/** Three groups, their areas, and the items an order names. Codes are G-AA-III: 1-04-002 is 市政设施 · 路灯. */
const GROUPS: readonly (readonly [group: string, areas: Readonly<Record<string, string>>])[] = [
  [
    '城市管理类',
    {
      市容环境: '占道经营 乱堆乱放 垃圾清运 小广告 油烟',
      噪声扰民: '施工噪声 商铺音响 广场舞 邻里噪声',
      交通管理: '违停堵路 挪车服务 信号灯 出租车 共享单车',
      市政设施: '井盖 路灯 路面 护栏 公厕',
      供水排水: '供水 排水 积水',
      供电供气通信: '供电 供气 通信',
      违法建设与规划: '违法建设 违规施工 广告牌',
      园林绿化与水体海洋: '园林绿化 水体 海洋环境',
      安全生产与应急: '危房 高空坠物 消防通道 燃气安全',
    },
  ],
  [
    '社会治理类',
    {
      劳动纠纷: '讨薪 劳动合同',
      社会保障: '社保服务 养老 失业',
      户政出入境: '户政管理 出入境',
      邻里与物业矛盾: '物业服务 邻里纠纷',
      治安与群体性事件: '治安 群体性事件',
      消费维权: '退货退款 食品过期 价格争议',
      房屋征收与产权: '房产证办理 房屋征收 开发商规范建设及销售',
      重点人员与帮扶: '困难帮扶 残疾人服务',
      作风与信访: '工作作风 信访事项',
    },
  ],
  [
    '公共服务类',
    {
      教育: '划片入学 高考 校外培训',
      医疗卫生: '就医服务 疫苗接种 医疗保险',
      交通服务: '公交 港口机场',
      公积金住房: '公积金咨询 保障性住房',
      人才引进与落户: '人才引进 落户',
      政务办事: '年检 车管业务 办事指南',
      企业与营商: '营商环境 惠企政策',
      旅游免税: '旅游投诉 离岛免税',
      政策咨询: '政策咨询',
    },
  ],
]

export interface CategoryRow {
  readonly code: string
  readonly parent_code: string | null
  readonly name_zh: string
  readonly position: number
}

/** Parents before children, so that one insert satisfies the reference. */
export function categoryRows(): readonly CategoryRow[] {
  const rows: CategoryRow[] = []
  const add = (code: string, parent_code: string | null, name_zh: string) => {
    rows.push({ code, parent_code, name_zh, position: rows.length + 1 })
    return code
  }
  GROUPS.forEach(([groupName, areas], g) => {
    const group = add(String(g + 1), null, groupName)
    Object.entries(areas).forEach(([areaName, items], a) => {
      const area = add(`${group}-${String(a + 1).padStart(2, '0')}`, group, areaName)
      items.split(' ').forEach((item, i) => {
        add(`${area}-${String(i + 1).padStart(3, '0')}`, area, item)
      })
    })
  })
  return rows
}
