import { Alert, App, Button, Input, Modal } from 'antd'
import { useEffect, useState } from 'react'
import type { HandoverForm, HandoverView } from '../../people/handovers/schema.ts'
import { useKeys } from '../agent/use-keys.ts'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { MatterLines } from './matter-lines.tsx'
import styles from './note.module.css'
import { Figures, Matters, Part, ShiftTitle, TEXT_FIELDS } from './note-text.tsx'
import { useHandoverActs } from './use-handovers.ts'

/** The note of a shift while it is written. What is typed stays here until it is saved; figures go on counting. */
export function NoteDraft({ note }: { readonly note: HandoverView }) {
  const { t } = useWords()
  const { message, modal } = App.useApp()
  const { save, publish, tick } = useHandoverActs()
  const [base, setBase] = useState(note)
  const [form, setForm] = useState(() => formOf(note))
  const [confirming, setConfirming] = useState(false)
  const wanted = { ...form, matters: form.matters.map(text => text.trim()).filter(text => text !== '') }
  const isDirty = JSON.stringify(wanted) !== JSON.stringify(formOf(base))
  const isEmpty = wanted.matters.length === 0 && TEXT_FIELDS.every(field => wanted[field].trim() === '')

  const keep = async (): Promise<HandoverView> => {
    const saved = isDirty ? await save.mutateAsync({ note: base, form: wanted }) : base
    setBase(saved)
    return saved
  }
  // A failure has been told by the mutation itself.
  const saveDraft = () =>
    keep().then(
      () => message.success(t('handover.saved')),
      () => undefined,
    )
  const publishNow = () =>
    keep()
      .then(saved => publish.mutateAsync(saved))
      .then(
        () => message.success(t('handover.published.done')),
        () => setConfirming(false),
      )
  const askToPublish = () =>
    isEmpty ? modal.warning({ title: t('handover.publish.empty') }) : setConfirming(true)
  useKeys({ save: saveDraft })
  useLeaveGuard(isDirty)

  return (
    <article className={styles.note} data-testid="handover-draft">
      <header>
        <h2>
          <ShiftTitle note={note} />
        </h2>
        <i className={css(styles.draft)}>{t('handover.draft')}</i>
        <small className={css(isDirty && styles.unsaved)}>
          {t(isDirty ? 'handover.unsaved' : 'handover.saved')}
        </small>
        <Button onClick={saveDraft} disabled={!isDirty} loading={save.isPending} data-testid="handover-save">
          {t('handover.save')}
        </Button>
        <Button type="primary" onClick={askToPublish} data-testid="handover-publish">
          {t('handover.publish')}
        </Button>
      </header>
      {note.version > base.version && !save.isPending && (
        <Alert
          banner
          type="warning"
          title={t('handover.changed')}
          action={
            <>
              <Button size="small" onClick={() => setBase(note)} data-testid="keep-mine">
                {t('handover.changed.mine')}
              </Button>{' '}
              <Button
                size="small"
                onClick={() => {
                  setBase(note)
                  setForm(formOf(note))
                }}
              >
                {t('handover.changed.theirs')}
              </Button>
            </>
          }
        />
      )}
      <div className={styles.scroll}>
        <Figures note={note} />
        <div className={styles.fields}>
          {TEXT_FIELDS.map(field => (
            <Part key={field} title={t(`handover.${field}`)}>
              <Input.TextArea
                autoSize={{ minRows: 3, maxRows: 10 }}
                maxLength={4_000}
                placeholder={t(`handover.${field}.what`)}
                aria-label={t(`handover.${field}`)}
                value={form[field]}
                onChange={event => setForm({ ...form, [field]: event.target.value })}
                data-testid={`handover-${field}`}
              />
            </Part>
          ))}
        </div>
        <Part title={t('handover.matters')}>
          <MatterLines lines={form.matters} onChange={matters => setForm({ ...form, matters })} />
        </Part>
        {note.carried.length > 0 && (
          <Part title={t('handover.carried')}>
            <Matters matters={note.carried} onTick={tick.mutate} isCarried />
          </Part>
        )}
      </div>
      <Modal
        open={confirming}
        title={t('handover.publish.sure')}
        okText={t('handover.publish')}
        cancelText={t('handover.cancel')}
        confirmLoading={save.isPending || publish.isPending}
        onOk={publishNow}
        onCancel={() => setConfirming(false)}
        okButtonProps={{ 'data-testid': 'publish-sure' }}
      >
        <p>{t('handover.publish.what')}</p>
      </Modal>
    </article>
  )
}

/** What is not saved is lost with the page: the browser asks first. */
function useLeaveGuard(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isDirty])
}

function formOf({ cases, changes, equipment, note, matters }: HandoverView): HandoverForm {
  return { cases, changes, equipment, note, matters: matters.map(matter => matter.text) }
}
