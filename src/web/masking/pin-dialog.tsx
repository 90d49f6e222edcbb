import { Button, Modal, Typography } from 'antd'
import { useWords } from '../kit/language.tsx'
import { inThrees, spoken } from './binding-words.ts'
import styles from './masking.module.css'

/** A PIN that the service has just made: it never says it again. */
export interface GivenPin {
  readonly pin: string
  /** Null: the binding still waits for its number. */
  readonly short: string | null
}

interface Props {
  readonly given: GivenPin | null
  readonly onClose: () => void
}

/** Closed by its button alone: a click beside it would lose the PIN. */
export function PinDialog({ given, onClose }: Props) {
  const { t, language } = useWords()
  return (
    <Modal
      open={given !== null}
      title={given !== null && t('mask.pin.title', { short: given.short ?? t('mask.no-number') })}
      width={420}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      destroyOnHidden
      footer={
        <Button type="primary" autoFocus onClick={onClose} data-testid="pin-noted">
          {t('mask.pin.noted')}
        </Button>
      }
      data-testid="pin-dialog"
    >
      {given !== null && (
        <div className={styles.pin}>
          <Typography.Text
            copyable={{ text: given.pin, tooltips: [t('mask.pin.copy'), t('mask.pin.copied')] }}
            data-testid="pin"
          >
            {inThrees(given.pin)}
          </Typography.Text>
          {language === 'zh' && <p>{spoken(given.pin)}</p>}
          <p>{t('mask.pin.once')}</p>
          {given.short !== null && <p>{t('mask.pin.how', { short: given.short })}</p>}
        </div>
      )}
    </Modal>
  )
}
