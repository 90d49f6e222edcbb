import { Button, Modal } from 'antd'
import { useEffect, useState } from 'react'
import { useWords } from '../kit/language.tsx'
import styles from './talk.module.css'
import type { TalkActs } from './use-talk-acts.ts'

export const EMERGENCIES = ['110', '119', '120', '122'] as const
type EmergencyNumber = (typeof EMERGENCIES)[number]

/** 110, 119, 120, 122 by one key and a confirmation, which also says whether the agent stays. */
export function EmergencyKeys({ disabled, acts }: { readonly disabled: boolean; readonly acts: TalkActs }) {
  const { t } = useWords()
  const [asked, setAsked] = useState<EmergencyNumber | null>(null)
  // The citizen hung up while the question stood.
  useEffect(() => {
    if (disabled) setAsked(null)
  }, [disabled])
  const call = (number: EmergencyNumber, how: 'blind' | 'conference') => {
    acts.ask({ act: 'transfer', body: { target: { kind: 'outside', number }, how } })
    setAsked(null)
  }
  return (
    <fieldset className={styles.emergency} disabled={disabled} data-testid="emergency">
      <legend>{t('emergency.title')}</legend>
      {EMERGENCIES.map(number => (
        <Button key={number} danger onClick={() => setAsked(number)} data-testid={`emergency-${number}`}>
          <b>{number}</b> {t(`emergency.${number}`)}
        </Button>
      ))}
      {asked !== null && (
        <Modal
          open
          title={t('emergency.ask', { number: asked, name: t(`emergency.${asked}`) })}
          onCancel={() => setAsked(null)}
          footer={[
            <Button key="no" onClick={() => setAsked(null)}>
              {t('emergency.cancel')}
            </Button>,
            <Button key="blind" danger onClick={() => call(asked, 'blind')} data-testid="emergency-blind">
              {t('emergency.blind')}
            </Button>,
            <Button
              key="three"
              type="primary"
              danger
              autoFocus
              onClick={() => call(asked, 'conference')}
              data-testid="emergency-three"
            >
              {t('emergency.three')}
            </Button>,
          ]}
        >
          {t('emergency.what', { number: asked })}
        </Modal>
      )}
    </fieldset>
  )
}
