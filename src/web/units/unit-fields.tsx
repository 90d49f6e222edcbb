import { Input, Select, Switch } from 'antd'
import type { UnitForm, UnitView } from '../../casework/units/schema.ts'
import { useWords } from '../kit/language.tsx'
import { HoursEditor } from '../lines/hours-editor.tsx'
import { Field } from '../settings/field.tsx'
import { problemWithin } from '../settings/fields.ts'
import type { Editor } from '../settings/use-editor.ts'
import styles from './unit.module.css'
import { KINDS } from './unit-form.ts'
import { useAreaNames } from './use-area-names.ts'
import { useAreas } from './use-units.ts'

interface Props {
  readonly editor: Editor<UnitView, UnitForm>
  /** The id of a unit that is to be added; null: it has one. */
  readonly id: string | null
  readonly onId: (id: string) => void
}

export function UnitFields({ editor, id, onId }: Props) {
  const { t } = useWords()
  const areas = useAreas().data ?? []
  const areaName = useAreaNames()
  const { form, problems, change } = editor
  return (
    <section className={styles.card}>
      <h2>{t('units.section.about')}</h2>
      <div className={styles.fields}>
        <div className={styles.group}>
          <Field label={t('units.name')} problem={problemWithin(problems, 'name')}>
            <Input
              value={form.name}
              autoFocus={id !== null}
              onChange={event => change({ name: event.target.value })}
              data-testid="unit-name"
            />
          </Field>
          {id !== null && (
            <Field label={t('units.id')} problem={problemWithin(problems, 'id')} hint={t('units.id.what')}>
              <Input value={id} onChange={event => onId(event.target.value.trim())} data-testid="unit-id" />
            </Field>
          )}
          <div className={styles.pair}>
            <Field label={t('units.kind')} problem={problemWithin(problems, 'kind')}>
              <Select
                value={form.kind}
                onChange={kind => change({ kind })}
                options={KINDS.map(value => ({ value, label: t(`units.kind.${value}`) }))}
              />
            </Field>
            <Field label={t('units.area')} problem={problemWithin(problems, 'area')}>
              <Select
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                value={form.area}
                onChange={area => change({ area: area ?? null })}
                options={areas.map(({ code }) => ({ value: code, label: areaName(code) }))}
              />
            </Field>
          </div>
          <Field
            label={t('units.phones')}
            problem={problemWithin(problems, 'phones')}
            hint={t('units.phones.what')}
          >
            <Select
              mode="tags"
              open={false}
              suffixIcon={null}
              value={[...form.phones]}
              onChange={phones => change({ phones })}
              data-testid="unit-phones"
            />
          </Field>
          <Field
            label={t('units.aliases')}
            problem={problemWithin(problems, 'aliases')}
            hint={t('units.aliases.what')}
          >
            <Select
              mode="tags"
              open={false}
              suffixIcon={null}
              value={[...form.aliases]}
              onChange={aliases => change({ aliases })}
              data-testid="unit-aliases"
            />
          </Field>
        </div>
        <div className={styles.group}>
          <HoursEditor
            label={t('units.dutyHours')}
            field="dutyHours"
            hours={form.dutyHours}
            problems={problems}
            onChange={dutyHours => change({ dutyHours })}
          />
          <Field label={t('units.takesOrders')} hint={t('units.takesOrders.what')}>
            <span>
              <Switch
                checked={form.takesOrders}
                onChange={takesOrders => change({ takesOrders })}
                data-testid="unit-takes-orders"
              />
            </span>
          </Field>
        </div>
      </div>
    </section>
  )
}
