import { AimOutlined } from '@ant-design/icons'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import type { Position } from '../../cases/life/acts.ts'
import { useWords } from '../kit/language.tsx'
import styles from './acts.module.css'
import { askPosition, type NoPosition } from './position.ts'
import { PositionText } from './position-text.tsx'

/** Beyond this a device has guessed by the network: it says the district and not the place. */
const ROUGH_M = 500

interface Props {
  readonly value: Position | null
  readonly onChange: (position: Position | null) => void
}

/** Where whoever looks stands now: asked for by a click, seen before it is sent, and taken back as easily. */
export function PositionField({ value, onChange }: Props) {
  const { t } = useWords()
  const [asking, setAsking] = useState(false)
  const [why, setWhy] = useState<NoPosition | null>(null)
  const ask = async () => {
    setAsking(true)
    setWhy(null)
    const answer = await askPosition()
    setAsking(false)
    if (answer.ok) onChange(answer.position)
    else setWhy(answer.why)
  }
  return (
    <div className={styles.position} data-testid="position">
      {value !== null && (
        <b>
          <PositionText position={value} />
        </b>
      )}
      <Button icon={<AimOutlined />} loading={asking} onClick={() => void ask()} data-testid="position-ask">
        {t(value === null ? 'position.ask' : 'position.again')}
      </Button>
      {value !== null && (
        <Button type="link" onClick={() => onChange(null)}>
          {t('position.without')}
        </Button>
      )}
      {value?.accuracyM !== undefined && value.accuracyM > ROUGH_M && (
        <Alert type="warning" showIcon title={t('position.rough')} />
      )}
      {why !== null && (
        <Alert type="warning" showIcon title={t(`position.${why}`)} data-testid="position-none" />
      )}
    </div>
  )
}
