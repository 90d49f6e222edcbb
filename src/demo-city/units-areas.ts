/** 海棠市's map: four districts, their streets and towns, the communities of each, and what people call the places. */

/** Invented; no real city's code begins with 4609. */
export const CITY = { code: '460900', name: '海棠市' } as const

/** The id is that of the unit that governs the place: 区政府, 街道办事处, 居委会. Aliases have blanks between. */
export interface District {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly aliases: string
  readonly streets: readonly Street[]
}
export interface Street {
  readonly id: string
  readonly name: string
  readonly aliases: string
  readonly communities: readonly Community[]
}
export type Community = readonly [id: string, name: string, aliases: string]

const street = (id: string, name: string, aliases: string, communities: readonly Community[]): Street => ({
  ...{ id, name, aliases, communities },
})

const MINGZHU: District = {
  ...{ id: 'mingzhu', code: '460901', name: '明珠区', aliases: '老城 市中心' },
  streets: [
    street('haixiu', '海秀街道', '海秀东路 海秀中路 明珠广场 望海商圈', [
      ['haixiu-wanghai', '望海社区', '望海国际 望海公寓 海秀东路8号'],
      ['haixiu-wuzhishan', '五指山路社区', '五指山路 南宝路 数码城'],
      ['haixiu-shizi', '十字街社区', '十字街 老工人文化宫 椰树门广场'],
      ['haixiu-lantian', '蓝天社区', '蓝天路 蓝天花园 名门广场'],
    ]),
    street('qilou', '骑楼街道', '骑楼老街 中山路 永胜沙步行街', [
      ['qilou-zhongshan', '中山路社区', '中山路 水巷口 天后宫'],
      ['qilou-yongsheng', '永胜沙社区', '永胜沙路 友谊商场'],
      ['qilou-bo-ai', '博爱社区', '博爱北路 博爱南路 解放路 东门市场'],
      ['qilou-xinhua', '新华社区', '新华南路 义兴街 少年宫'],
    ]),
    street('haitian', '海田桥街道', '海田桥 和平大道 海田溪', [
      ['haitian-heping', '和平社区', '和平大道 和平南路 万福新村'],
      ['haitian-baisha', '白沙湾社区', '白沙湾公园 白沙湾海滩 碧海大道'],
      ['haitian-xinan', '溪南社区', '沿江路 水岸星城 江畔人家'],
      ['haitian-daxue', '大学路社区', '大学路 海棠大学 东坡湖'],
    ]),
    street('guomao', '国贸街道', '国贸大道 国贸中心 金龙路', [
      ['guomao-jinlong', '金龙社区', '金龙路 金龙花园 龙腾北路'],
      ['guomao-yulong', '玉龙社区', '玉龙泉 玉沙路 京华城'],
      ['guomao-binhai', '滨海大道社区', '滨海大道 万绿园 世纪大桥 会展中心'],
      ['guomao-mingzhulu', '明珠路社区', '明珠路 国贸北路 龙珠新城'],
    ]),
    street('longteng', '龙腾街道', '龙腾南路 城西路 红城湖', [
      ['longteng-hongcheng', '红城湖社区', '红城湖路 红城湖公园 凤鸣公寓'],
      ['longteng-darong', '大榕山社区', '大榕山路 国盛大道 日月广场 省图书馆'],
      ['longteng-nansha', '南沙社区', '南沙路 金盆路 坡北农贸市场'],
      ['longteng-chengxi', '城西社区', '城西路 学院路 苍东村 苍西村'],
    ]),
  ],
}

const YELIN: District = {
  ...{ id: 'yelin', code: '460902', name: '椰林区', aliases: '西城 高新区' },
  streets: [
    street('jinpen', '金盆街道', '金盆工业区 金盆路 药谷', [
      ['jinpen-yaogu', '药谷社区', '药谷一横路 药谷二横路 制药厂'],
      ['jinpen-gongye', '工业大道社区', '工业大道 汽车制造厂 建设路'],
      ['jinpen-jinyuan', '金苑社区', '金苑小区 金盆花园 金牛岭公园'],
      ['jinpen-minsheng', '民声社区', '民声东路 民声西路 水头新村'],
    ]),
    street('xiulin', '秀林街道', '秀林港 秀林大道 丘海大道', [
      ['xiulin-gangkou', '港口社区', '秀林港 港口路 海港宿舍'],
      ['xiulin-shugang', '疏港社区', '疏港大道 书场村 向荣村'],
      ['xiulin-xiuhua', '秀华社区', '秀华路 秀林小区 秀林炮台'],
      ['xiulin-haiyu', '海榆社区', '海榆中线 丘海大道 高铁西站'],
    ]),
    street('changting', '长汀镇', '长汀老街 长滨路 西海岸', [
      ['changting-changbin', '长滨社区', '长滨路 长滨三路 五榕河体育场'],
      ['changting-fangao', '帆高村', '帆高 帆高安置区'],
      ['changting-meixin', '美新村', '美新 美德村'],
      ['changting-xihaian', '西海岸社区', '西海岸 假日海滩 观海台 镇海村'],
    ]),
    street('yehai', '椰海街道', '椰海大道 海榆东线 迎宾大道', [
      ['yehai-yingbin', '迎宾社区', '迎宾大道 迎宾花园 汽车南站'],
      ['yehai-xingdan', '杏坛社区', '杏坛路 椰海新城 师范学院'],
      ['yehai-fuxing', '福兴社区', '福兴小区 福兴路 学府壹号'],
      ['yehai-kunhua', '昆华社区', '昆华路 石塔村 金梅工业园'],
    ]),
    street('shifeng', '石峰镇', '火山口公园 石峰墟 羊山', [
      ['shifeng-jinma', '金马社区', '火山口 金马路 荔湾酒乡'],
      ['shifeng-meishe', '美舍村', '美舍 福兴楼 羊山古村'],
      ['shifeng-daotang', '道堂村', '道堂 三卿村'],
      ['shifeng-yangjia', '杨佳村', '杨佳 石斛园'],
    ]),
  ],
}

const QIONGTAI: District = {
  ...{ id: 'qiongtai', code: '460903', name: '琼台区', aliases: '古府 古城' },
  streets: [
    street('gufu', '古府街道', '古府鼓楼 绣衣坊 海棠书院', [
      ['gufu-gulou', '鼓楼社区', '鼓楼 文庄路 海棠书院'],
      ['gufu-xiuyi', '绣衣坊社区', '绣衣坊 中介路 北胜街'],
      ['gufu-zhongjie', '中街社区', '中街路 中街市场 朱云路'],
      ['gufu-beiguan', '北官社区', '北官 大路街 马鞍街'],
    ]),
    street('fengming', '凤鸣街道', '凤鸣路 凤鸣东路 高登街', [
      ['fengming-gaodeng', '高登社区', '高登东街 高登西街 琼山大道'],
      ['fengming-qiongshan', '琼山大厦社区', '琼山大厦 板桥路 建国路'],
      ['fengming-damei', '大美舍区', '大美路 凤鸣公园 椰博路'],
      ['fengming-tieqiao', '铁桥社区', '铁桥村 新洲大道 高铁东站'],
    ]),
    street('guosheng', '国盛街道', '国盛大道 大榕山 文坛路', [
      ['guosheng-wentan', '文坛社区', '文坛路 道康村 儒益村'],
      ['guosheng-mishi', '米铺社区', '米铺村 米铺路 海府一横路'],
      ['guosheng-balun', '巴伦社区', '巴伦路 下洋 白龙南路'],
      ['guosheng-pandan', '盼丹社区', '盼丹村 滨江路 南渡江大桥'],
    ]),
    street('longtan', '龙潭镇', '龙潭老街 南渡江 龙潭大坝', [
      ['longtan-zhenxu', '镇墟社区', '龙潭墟 龙潭大坝 雕刻街'],
      ['longtan-rensan', '仁三村', '仁三 永朗'],
      ['longtan-sanlian', '三联村', '三联 文道'],
      ['longtan-longfu', '龙富村', '龙富 咬岛村'],
    ]),
    street('yunshan', '云山镇', '云山产业园 云定路 红军改编旧址', [
      ['yunshan-yunyu', '云裕村', '云裕 云山墟'],
      ['yunshan-chanye', '产业园社区', '云山产业园 云定路 冷链物流园'],
      ['yunshan-changtai', '长泰村', '长泰 陶公山'],
      ['yunshan-yunge', '云阁村', '云阁 云岭'],
    ]),
  ],
}

const HAIWAN: District = {
  ...{ id: 'haiwan', code: '460904', name: '海湾新区', aliases: '江东 东海岸 自贸港新区' },
  streets: [
    street('jiangdong', '江东街道', '江东大道 江东总部经济区 文明东', [
      ['jiangdong-zongbu', '总部社区', '江东大道 总部经济区 兴洋大道'],
      ['jiangdong-xinqu', '海湾新城社区', '海湾新城 海湾大道 市民中心'],
      ['jiangdong-dongying', '东营社区', '东营 东营渔港 东海岸沙滩'],
      ['jiangdong-wenming', '文明东社区', '文明东隧道 白驹大道 江东一号'],
    ]),
    street('lingquan', '灵泉镇', '灵泉墟 海文大道 新洲', [
      ['lingquan-xinshi', '新市社区', '灵泉墟 海文大道 灵桂路'],
      ['lingquan-daling', '大岭社区', '大岭 海文高速口'],
      ['lingquan-jinfeng', '锦丰村', '锦丰 群山'],
      ['lingquan-aiqun', '爱群村', '爱群 东平'],
    ]),
    street('yefeng', '椰风街道', '椰风机场 椰香路 离岛免税城', [
      ['yefeng-jichang', '空港社区', '椰风机场 空港一号路 机场高铁站'],
      ['yefeng-mianshui', '免税城社区', '离岛免税城 免税店提货点 椰香路'],
      ['yefeng-yexiang', '椰香社区', '椰香小镇 空港人才公寓'],
      ['yefeng-qunyi', '群益村', '群益 新浦'],
    ]),
    street('yangang', '演港镇', '东湾港 红树林 演海路', [
      ['yangang-shanwei', '山尾社区', '演港墟 演海路'],
      ['yangang-wankou', '湾口村', '湾口 湾口渔排 东湾港红树林'],
      ['yangang-tashi', '塔石村', '塔石 渔家乐街'],
      ['yangang-beiyu', '北屿村', '北屿岛 后良'],
    ]),
    street('xingang', '新港街道', '新海港 新港大道 海峡轮渡', [
      ['xingang-xinhai', '新海社区', '新海港 新海轮渡 新港大道'],
      ['xingang-waitan', '外滩社区', '外滩中心 新浦岛 横沟村'],
      ['xingang-tuhai', '土海社区', '土海村 滨洲路 游艇码头'],
      ['xingang-liangjiao', '亮脚社区', '亮脚村 新东大桥'],
    ]),
  ],
}

export const DISTRICTS: readonly District[] = [MINGZHU, YELIN, QIONGTAI, HAIWAN]
