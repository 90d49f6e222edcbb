import { Alert, App, Input, InputNumber, Segmented, Switch } from 'antd'
import type { PoolForm, PoolView } from '../../casework/masking/schema.ts'
import { useWords } from '../kit/language.tsx'
import { ConflictDialog } from '../settings/conflict-dialog.tsx'
import type { Drafts } from '../settings/drafts.ts'
import { Field } from '../settings/field.tsx'
import { problemWithin } from '../settings/fields.ts'
import { SaveBar } from '../settings/save-bar.tsx'
import { type Editor, useEditor } from '../settings/use-editor.ts'
import styles from './number-pools.module.css'
import { Occupancy } from './occupancy.tsx'
import { BLANK_POOL, formOf, sizeOf, USES } from './pool-form.ts'
import { PoolState } from './pool-list.tsx'
import { PoolNumbers } from './pool-numbers.tsx'
import { usePoolFields } from './use-pool-fields.ts'
import { addPool, readPool, savePool } from './use-pools.ts'

interface Props {
  /** Null: it is to be added. */
  readonly view: PoolView | null
  readonly drafts: Drafts<PoolView, PoolForm>
  readonly draftKey: string
  readonly onSaved: (view: PoolView) => void
  readonly onHistory: (() => void) | null
}

/** One pool: how full it is, its rules, its numbers. */
export function PoolEditor({ view, drafts, draftKey, onSaved, onHistory }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  const fields = usePoolFields()
  const editor = useEditor<PoolView, PoolForm>({
    drafts,
    draftKey,
    view,
    formOf,
    blank: BLANK_POOL,
    save: (form, base) => (base === null ? addPool(form) : savePool(form, base)),
    read: () => readPool(view?.id ?? ''),
    onSaved(saved) {
      message.success(t('settings.saved'))
      onSaved(saved)
    },
  })
  return (
    <form className={styles.editor} onSubmit={event => event.preventDefault()} data-testid="pool-editor">
      <div className={styles.scroll}>
        {view !== null && <Standing pool={view} />}
        <div className={styles.columns}>
          <Rules editor={editor} />
          {view !== null && <PoolNumbers pool={view} />}
        </div>
      </div>
      <SaveBar editor={editor} isNew={view === null} onHistory={onHistory} />
      <ConflictDialog editor={editor} fields={fields} formOf={formOf} />
    </form>
  )
}

function Standing({ pool }: { readonly pool: PoolView }) {
  const { t } = useWords()
  const { bound, resting, free, state, waiting, active } = pool
  const counts = { bound, resting, free } as const
  return (
    <section className={styles.now} data-testid="pool-now" data-state={state}>
      <h2>
        {pool.name} <PoolState pool={pool} />
      </h2>
      <Occupancy pool={pool} />
      <ul>
        {(['bound', 'resting', 'free'] as const).map(part => (
          <li key={part} data-part={part}>
            {t(`number-pools.${part}`)} <b>{counts[part]}</b>
          </li>
        ))}
        {waiting > 0 && <li className={styles.waiting}>{t('number-pools.waiting', { count: waiting })}</li>}
      </ul>
      {active && state !== 'ok' && (
        <Alert
          type={state === 'dry' ? 'error' : 'warning'}
          showIcon
          title={t(`number-pools.${state}.now`, { free })}
          data-testid="pool-alarm"
        />
      )}
    </section>
  )
}

function Rules({ editor }: { readonly editor: Editor<PoolView, PoolForm> }) {
  const { t } = useWords()
  const { form, problems, change } = editor
  const size = sizeOf(form)
  const unsaid =
    problemWithin(problems, 'first') === undefined && problemWithin(problems, 'last') === undefined
  const written = form.first !== '' && form.last !== '' && unsaid
  return (
    <section className={styles.card}>
      <header>
        <h2>{t('number-pools.settings')}</h2>
      </header>
      <div className={styles.fields}>
        <Field label={t('number-pools.name')} problem={problemWithin(problems, 'name')}>
          <Input
            value={form.name}
            maxLength={60}
            onChange={event => change({ name: event.target.value })}
            data-testid="pool-name"
          />
        </Field>
        <Field
          label={t('number-pools.use')}
          problem={problemWithin(problems, 'use')}
          hint={t('number-pools.use.what')}
        >
          <Segmented
            value={form.use}
            onChange={use => change({ use })}
            options={USES.map(value => ({ value, label: t(`number-pools.use.${value}`) }))}
            data-testid="pool-use"
          />
        </Field>
        <div className={styles.pair}>
          {(['first', 'last'] as const).map(end => (
            <Field key={end} label={t(`number-pools.${end}`)} problem={problemWithin(problems, end)}>
              <Input
                value={form[end]}
                inputMode="numeric"
                maxLength={15}
                onChange={event => change({ [end]: event.target.value.replace(/\D/g, '') })}
                data-testid={`pool-${end}`}
              />
            </Field>
          ))}
        </div>
        {written && (
          <p className={styles.size} data-wrong={size === null}>
            {size === null ? t('number-pools.range.wrong') : t('number-pools.range.what', { count: size })}
          </p>
        )}
        <div className={styles.pair}>
          <Field
            label={t('number-pools.rest')}
            problem={problemWithin(problems, 'restHours')}
            hint={t('number-pools.rest.what')}
          >
            <InputNumber
              min={0}
              precision={0}
              value={form.restHours}
              onChange={hours => change({ restHours: hours ?? 0 })}
              suffix={t('number-pools.hours')}
              data-testid="pool-rest"
            />
          </Field>
          <Field
            label={t('number-pools.low')}
            problem={problemWithin(problems, 'lowAt')}
            hint={t('number-pools.low.what')}
          >
            <InputNumber
              min={0}
              precision={0}
              value={form.lowAt}
              onChange={low => change({ lowAt: low ?? 0 })}
              suffix={t('number-pools.numbers-unit')}
              data-testid="pool-low"
            />
          </Field>
        </div>
        <div className={styles.switch}>
          <Switch
            checked={form.active}
            onChange={active => change({ active })}
            aria-label={t('number-pools.active')}
            data-testid="pool-active"
          />
          <span>{t(form.active ? 'number-pools.on' : 'number-pools.off')}</span>
          <small>{t('number-pools.active.what')}</small>
        </div>
      </div>
    </section>
  )
}
