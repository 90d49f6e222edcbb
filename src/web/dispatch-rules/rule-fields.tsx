import { Input, InputNumber, Segmented, Select } from 'antd'
import type { DutyRuleForm, DutyRuleView } from '../../casework/dispatch/schema.ts'
import { useCategories } from '../agent/use-catalogues.ts'
import { useWords } from '../kit/language.tsx'
import { HoursEditor } from '../lines/hours-editor.tsx'
import { Field } from '../settings/field.tsx'
import { problemWithin } from '../settings/fields.ts'
import type { Editor } from '../settings/use-editor.ts'
import { useAreaNames } from '../units/use-area-names.ts'
import { useAreas, useUnits } from '../units/use-units.ts'
import styles from './dispatch-rules.module.css'
import { LOCAL_UNITS, PERSON_DUTIES, RULE_PRIORITIES } from './rule-form.ts'
import { useCategoryName, useUnitName } from './rule-words.ts'

interface Props {
  readonly editor: Editor<DutyRuleView, DutyRuleForm>
  /** Where a new one is put in; null: it stands somewhere already. */
  readonly position: { readonly value: number | null; readonly put: (position: number | null) => void } | null
}

/** First when it holds, then to whom it sends, as a sentence would have it. */
export function RuleFields({ editor, position }: Props) {
  const { t } = useWords()
  const { form, problems, change } = editor
  return (
    <>
      <When editor={editor} />
      <HoursEditor
        label={t('dispatch-rules.hours')}
        field="hours"
        hours={form.hours}
        problems={problems}
        onChange={hours => change({ hours })}
      />
      <Whom editor={editor} />
      <Field label={t('dispatch-rules.priority')} problem={problemWithin(problems, 'priority')}>
        <Segmented
          value={form.priority ?? 'none'}
          onChange={chosen =>
            change({ priority: RULE_PRIORITIES.find(priority => priority === chosen) ?? null })
          }
          options={[
            { value: 'none', label: t('settings.none') },
            ...RULE_PRIORITIES.map(value => ({ value, label: t(`dispatch-rules.priority.${value}`) })),
          ]}
        />
      </Field>
      <Field label={t('dispatch-rules.note')} problem={problemWithin(problems, 'note')}>
        <Input.TextArea
          value={form.note}
          autoSize={{ minRows: 2, maxRows: 5 }}
          onChange={event => change({ note: event.target.value })}
          data-testid="rule-note"
        />
      </Field>
      {position !== null && (
        <Field label={t('dispatch-rules.position')} problem={problemWithin(problems, 'position')}>
          <InputNumber min={1} precision={0} value={position.value} onChange={position.put} />
        </Field>
      )}
    </>
  )
}

function When({ editor: { form, problems, change } }: Pick<Props, 'editor'>) {
  const { t } = useWords()
  const categoryName = useCategoryName()
  const areaName = useAreaNames()
  const categories = useCategories()
  const areas = useAreas().data ?? []
  return (
    <>
      <div className={styles.pair}>
        <Field label={t('dispatch-rules.category')} problem={problemWithin(problems, 'categoryPrefix')}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            allowClear
            placeholder={t('dispatch-rules.category.any')}
            value={form.categoryPrefix}
            onChange={code => change({ categoryPrefix: code ?? null })}
            options={categories.map(({ code }) => ({ value: code, label: categoryName(code) }))}
            data-testid="rule-category"
          />
        </Field>
        <Field label={t('dispatch-rules.area')} problem={problemWithin(problems, 'areaCode')}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            allowClear
            placeholder={t('dispatch-rules.area.any')}
            value={form.areaCode}
            onChange={code => change({ areaCode: code ?? null })}
            options={areas.map(({ code }) => ({ value: code, label: areaName(code) }))}
          />
        </Field>
      </div>
      {(['anyWords', 'allWords', 'noWords'] as const).map(field => (
        <Field key={field} label={t(`dispatch-rules.${field}`)} problem={problemWithin(problems, field)}>
          <Select
            mode="tags"
            open={false}
            suffixIcon={null}
            tokenSeparators={[' ', '、', '，', ',']}
            placeholder={t('dispatch-rules.words.hint')}
            value={form[field]}
            onChange={words => change({ [field]: words })}
            data-testid={`rule-${field}`}
          />
        </Field>
      ))}
    </>
  )
}

function Whom({ editor: { form, problems, change } }: Pick<Props, 'editor'>) {
  const { t } = useWords()
  const unitName = useUnitName()
  const units = useUnits().data ?? []
  const refs = [
    ...LOCAL_UNITS.map(local => `{${local}}`),
    ...units.filter(unit => unit.takesOrders && !unit.closed).map(({ id }) => id),
  ]
  const options = refs.map(value => ({ value, label: unitName(value) }))
  return (
    <>
      <Field label={t('dispatch-rules.lead')} problem={problemWithin(problems, 'lead')}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          value={form.lead === '' ? null : form.lead}
          onChange={lead => change({ lead: lead ?? '' })}
          options={options}
          data-testid="rule-lead"
        />
      </Field>
      <Field label={t('dispatch-rules.coUnits')} problem={problemWithin(problems, 'coUnits')}>
        <Select
          mode="multiple"
          maxCount={5}
          showSearch={{ optionFilterProp: 'label' }}
          value={form.coUnits}
          onChange={coUnits => change({ coUnits })}
          options={options}
          data-testid="rule-co-units"
        />
      </Field>
      <div className={styles.three}>
        <Field label={t('dispatch-rules.personDuty')} problem={problemWithin(problems, 'personDuty')}>
          <Select
            allowClear
            placeholder={t('settings.none')}
            value={form.personDuty}
            onChange={duty =>
              change({ personDuty: duty ?? null, ...(duty === undefined ? { personField: null } : {}) })
            }
            options={PERSON_DUTIES.map(value => ({ value, label: t(`dispatch-rules.duty.${value}`) }))}
          />
        </Field>
        <Field label={t('dispatch-rules.personField')} problem={problemWithin(problems, 'personField')}>
          <Input
            value={form.personField ?? ''}
            disabled={form.personDuty === null}
            onChange={event => change({ personField: event.target.value || null })}
          />
        </Field>
        <Field label={t('dispatch-rules.personName')} problem={problemWithin(problems, 'personName')}>
          <Input
            value={form.personName ?? ''}
            disabled={form.personDuty !== null}
            onChange={event => change({ personName: event.target.value || null })}
          />
        </Field>
      </div>
    </>
  )
}
