import { App } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useWords } from '../kit/language.tsx'

/** Plays a sound of the service, one at a time; leaving the node stops it. */
export function useListening() {
  const { t } = useWords()
  const { message } = App.useApp()
  const [state, setState] = useState<'off' | 'waiting' | 'on'>('off')
  const player = useRef<HTMLAudioElement | null>(null)
  const stop = () => {
    player.current?.pause()
    player.current = null
    setState('off')
  }
  useEffect(() => () => player.current?.pause(), [])
  const play = (source: string) => {
    const audio = new Audio(source)
    player.current = audio
    setState('waiting')
    audio.addEventListener('playing', () => setState('on'))
    audio.addEventListener('ended', stop)
    audio.play().catch(() => {
      if (player.current !== audio) return
      stop()
      message.error(t('ivr.listen.failed'))
    })
  }
  return { on: state === 'on', waiting: state === 'waiting', play, stop }
}
