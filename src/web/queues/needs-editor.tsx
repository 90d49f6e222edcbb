import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, InputNumber, Select } from 'antd'
import type { SkillLevel } from '../../people/skills/schema.ts'
import { useWords } from '../kit/language.tsx'
import { Wrong } from '../settings/field.tsx'
import { type FieldProblems, problemWithin } from '../settings/fields.ts'
import styles from './queues.module.css'
import { useSkills, useStaff } from './use-queues.ts'

interface Props {
  readonly needs: readonly SkillLevel[]
  readonly problems: FieldProblems
  readonly onChange: (needs: SkillLevel[]) => void
}

/** The skills and their least levels, and how many people have all of them. */
export function NeedsEditor({ needs, problems, onChange }: Props) {
  const { t, nameOf } = useWords()
  const skills = useSkills().data ?? []
  const staff = useStaff().data
  const able = staff?.filter(
    ({ agentNumber, active, skills: had }) =>
      agentNumber !== null &&
      active &&
      needs.every(need => had.some(one => one.skill === need.skill && one.level >= need.level)),
  ).length
  const free = skills.find(skill => !needs.some(need => need.skill === skill.id))
  const put = (index: number, part: Partial<SkillLevel>) =>
    onChange(needs.map((need, at) => (at === index ? { ...need, ...part } : need)))
  return (
    <section className={styles.card}>
      <h2>
        {t('queues.needs')}
        {able !== undefined && <small>{t('queues.needs.able', { count: able })}</small>}
      </h2>
      {needs.length === 0 && <p className={styles.none}>{t('queues.needs.none')}</p>}
      {needs.map((need, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a need is known by its place, as the service names it
        <div key={index} className={styles.row}>
          <Select
            className={styles.grow ?? ''}
            value={need.skill}
            onChange={skill => put(index, { skill })}
            options={skills.map(skill => ({ value: skill.id, label: nameOf(skill) }))}
            aria-label={t('queues.needs')}
          />
          <span>≥</span>
          <InputNumber
            min={1}
            max={9}
            value={need.level}
            onChange={level => put(index, { level: level ?? 1 })}
            aria-label={t('queues.needs.level', { level: need.level })}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={t('queues.remove')}
            onClick={() => onChange(needs.filter((_, at) => at !== index))}
          />
          <Problem problems={problems} field={`needs.${index}`} />
        </div>
      ))}
      <Button
        size="small"
        type="dashed"
        icon={<PlusOutlined />}
        disabled={free === undefined}
        onClick={() => free !== undefined && onChange([...needs, { skill: free.id, level: 5 }])}
        data-testid="need-add"
      >
        {t('queues.needs.add')}
      </Button>
    </section>
  )
}

function Problem({ problems, field }: { readonly problems: FieldProblems; readonly field: string }) {
  const problem = problemWithin(problems, field)
  return problem === undefined ? null : <Wrong problem={problem} />
}
