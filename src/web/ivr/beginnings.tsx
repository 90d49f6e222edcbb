import { Button } from 'antd'
import type { TreeForm } from '../../floor/ivr/schema.ts'
import { useWords } from '../kit/language.tsx'
import styles from './ivr.module.css'
import { KIND_LOOKS } from './kinds.tsx'
import { TEMPLATES } from './templates.ts'

interface Props {
  readonly onBegin: (form: TreeForm) => void
  readonly busy: boolean
}

/** There is no tree yet: what one is, and three to begin with. */
export function Beginnings({ onBegin, busy }: Props) {
  const { t } = useWords()
  return (
    <section className={styles.beginnings}>
      <h2>{t('ivr.empty')}</h2>
      <p>{t('ivr.empty.what')}</p>
      <div className={styles.templates}>
        {TEMPLATES.map(({ key, form }) => (
          <Button
            key={key}
            className={styles.template ?? ''}
            disabled={busy}
            onClick={() => onBegin(form)}
            data-testid={`ivr-template-${key}`}
          >
            <b>{t(`ivr.template.${key}`)}</b>
            <span className={styles.templateNodes}>
              {Object.entries(form.draft.nodes).map(([id, { kind }]) => (
                <i key={id} style={{ color: KIND_LOOKS[kind].colour }} title={t(`ivr.kind.${kind}`)}>
                  {KIND_LOOKS[kind].icon}
                </i>
              ))}
            </span>
            <small>{t(`ivr.template.${key}.what`)}</small>
          </Button>
        ))}
      </div>
    </section>
  )
}
