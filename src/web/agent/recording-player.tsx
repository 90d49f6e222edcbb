import { CaretRightFilled, CloseOutlined, PauseOutlined } from '@ant-design/icons'
import { Alert, Button, Segmented, Slider } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { css } from '../kit/css.ts'
import { useWords } from '../kit/language.tsx'
import { duration } from '../kit/time.ts'
import styles from './calls-today.module.css'

interface Props {
  readonly call: string
  /** False: waits to be started. */
  readonly byItself?: boolean
  /** Left out: it stays where it is. */
  readonly onClose?: () => void
}

/** Plays one recording. Seeking fetches only what is heard, by HTTP ranges. Two channels: caller left, seat right. */
export function RecordingPlayer({ call, byItself = true, onClose }: Props) {
  const { t } = useWords()
  const audio = useRef<HTMLAudioElement>(null)
  const player = useRef<HTMLDivElement>(null)
  const [playing, setPlaying] = useState(false)
  const [failed, setFailed] = useState(false)
  const [atS, setAtS] = useState(0)
  const [lengthS, setLengthS] = useState(0)
  const [speed, setSpeed] = useState(1)

  // Under the last row on screen it would play unseen.
  useEffect(() => {
    // Newer browsers give a promise, which would be taken for a clean-up.
    if (byItself) void player.current?.scrollIntoView({ block: 'nearest' })
  }, [byItself])
  const toggle = () => {
    if (playing) audio.current?.pause()
    else audio.current?.play().catch(() => undefined) // Refusals are told by the element's error event.
  }
  const seek = (seconds: number) => {
    setAtS(seconds)
    if (audio.current !== null) audio.current.currentTime = seconds
  }
  const playAt = (rate: number) => {
    setSpeed(rate)
    if (audio.current !== null) audio.current.playbackRate = rate
  }
  if (failed)
    return (
      <Alert
        type="error"
        showIcon
        title={t('recording.failed')}
        closable={onClose === undefined ? false : { onClose }}
      />
    )
  return (
    <div ref={player} className={styles.player} data-testid="player" data-playing={playing}>
      {/* biome-ignore lint/a11y/useMediaCaption: a phone call as it was recorded has no captions */}
      <audio
        ref={audio}
        src={`/api/calls/${encodeURIComponent(call)}/recording`}
        autoPlay={byItself}
        preload="metadata"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={event => setAtS(event.currentTarget.currentTime)}
        onDurationChange={event => setLengthS(finite(event.currentTarget.duration))}
        onError={() => setFailed(true)}
        data-testid="player-audio"
      />
      <Button
        shape="circle"
        type="primary"
        icon={playing ? <PauseOutlined /> : <CaretRightFilled />}
        aria-label={t(playing ? 'recording.pause' : 'recording.play')}
        onClick={toggle}
        data-testid="player-toggle"
      />
      <time data-testid="player-at">{duration(atS * 1_000)}</time>
      <Slider
        className={css(styles.slider)}
        min={0}
        max={lengthS}
        step={0.1}
        value={Math.min(atS, lengthS)}
        onChange={seek}
        ariaLabelForHandle={t('recording.position')}
        tooltip={{ formatter: value => duration((value ?? 0) * 1_000) }}
      />
      <time data-testid="player-length">{duration(lengthS * 1_000)}</time>
      <Segmented
        size="small"
        aria-label={t('recording.speed')}
        value={speed}
        onChange={playAt}
        options={[1, 1.5, 2].map(rate => ({ value: rate, label: `${rate}×` }))}
      />
      {onClose !== undefined && (
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined />}
          aria-label={t('recording.close')}
          onClick={onClose}
        />
      )}
    </div>
  )
}

function finite(seconds: number): number {
  return Number.isFinite(seconds) ? seconds : 0
}
