import type { Text } from '../kit/texts.ts'

export const SKILLS_TEXTS = {
  'skills.title': { zh: '技能', en: 'Skills' },
  'skills.search': { zh: '姓名或工号', en: 'Name or agent number' },
  'skills.new': { zh: '新增技能', en: 'New skill' },
  'skills.id': { zh: '代号', en: 'Id' },
  'skills.nameZh': { zh: '名称', en: 'Chinese name' },
  'skills.nameEn': { zh: '英文名称', en: 'English name' },
  'skills.added': { zh: '已新增技能', en: 'Skill added' },
  'skills.keys': {
    zh: '方向键移动 · 1–9 填等级 · 0 或 Delete 清除 · Ctrl+S 保存',
    en: 'Arrows move · 1–9 set the level · 0 or Delete clears · Ctrl+S saves',
  },
  'skills.none': { zh: '没有符合条件的话务员', en: 'No agent matches' },
  'skills.no-skills': {
    zh: '还没有技能：先新增技能，再填写每个人的等级。',
    en: 'There is no skill yet: add one, then set levels.',
  },
  'skills.agent': { zh: '话务员', en: 'Agent' },
  'skills.people': { zh: '{count} 人', en: '{count} people' },
  'skills.needed': { zh: '{queue} ≥ {level}', en: '{queue} ≥ {level}' },
  'skills.cell': { zh: '{agent} 的 {skill} 等级', en: 'Level of {skill} of {agent}' },
  'skills.edited': { zh: '{count} 人有未保存的修改', en: '{count} people have unsaved changes' },
  'skills.save-all': { zh: '全部保存', en: 'Save all' },
  'skills.undo-all': { zh: '全部撤销', en: 'Undo all' },
  'skills.saved': { zh: '已保存，立即生效。', en: 'Saved; in effect at once.' },
  'skills.below': { zh: '低于队列 {queue} 需要的 {level} 级', en: 'Below the {level} that {queue} needs' },
} as const satisfies Record<string, Text>
