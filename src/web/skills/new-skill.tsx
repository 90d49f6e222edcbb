import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Input, Modal } from 'antd'
import { useState } from 'react'
import type { Skill } from '../../people/skills/schema.ts'
import { Problem, post } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { Field } from '../settings/field.tsx'
import { type FieldProblems, withoutFields } from '../settings/fields.ts'
import styles from './skills.module.css'

export function NewSkill({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [skill, setSkill] = useState<Skill>({ id: '', nameZh: '', nameEn: '' })
  const [problems, setProblems] = useState<FieldProblems>({})
  const add = useMutation({
    mutationFn: () => post<Skill>('/api/skills', skill),
    onSuccess() {
      message.success(t('skills.added'))
      client.invalidateQueries({ queryKey: ['skills'] })
      onClose()
    },
    onError: error => setProblems(error instanceof Problem ? error.fields : {}),
  })
  const change = (part: Partial<Skill>) => {
    setSkill({ ...skill, ...part })
    setProblems(withoutFields(problems, Object.keys(part)))
  }
  return (
    <Modal
      open
      width={420}
      title={t('skills.new')}
      okText={t('settings.add')}
      cancelText={t('settings.cancel')}
      confirmLoading={add.isPending}
      onOk={() => add.mutate()}
      onCancel={onClose}
      okButtonProps={{ 'data-testid': 'skill-save' }}
    >
      <div className={styles.fields}>
        <Field label={t('skills.nameZh')} problem={problems.nameZh}>
          <Input
            autoFocus
            value={skill.nameZh}
            onChange={event => change({ nameZh: event.target.value })}
            data-testid="skill-name-zh"
          />
        </Field>
        <Field label={t('skills.nameEn')} problem={problems.nameEn}>
          <Input
            value={skill.nameEn}
            onChange={event => change({ nameEn: event.target.value })}
            data-testid="skill-name-en"
          />
        </Field>
        <Field label={t('skills.id')} problem={problems.id} hint={t('queues.id.what')}>
          <Input
            value={skill.id}
            onChange={event => change({ id: event.target.value })}
            data-testid="skill-id"
          />
        </Field>
        {add.error !== null && Object.keys(problems).length === 0 && (
          <Alert type="error" showIcon title={t(problemKey(add.error))} />
        )}
      </div>
    </Modal>
  )
}
