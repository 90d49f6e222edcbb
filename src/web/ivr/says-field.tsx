import { CaretRightFilled, CloseOutlined, PauseOutlined, UploadOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button, Input, Select } from 'antd'
import { useRef } from 'react'
import type { Language, RecordingView, Said, Says } from '../../floor/ivr/schema.ts'
import { Problem, post } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import styles from './ivr.module.css'
import { useRecordings } from './use-ivr.ts'
import { useListening } from './use-listening.ts'
import { problemText } from './words.ts'

export const LANGUAGES: readonly Language[] = ['zh', 'yue', 'en']
const NOTHING: Said = { text: '', recording: null }

interface Props {
  readonly says: Says
  /** `typed`: the language in which letters were typed. */
  readonly onChange: (says: Says, typed?: Language) => void
}

/** The words in each language, heard at a press; a recording takes their place. Mandarin is always there. */
export function SaysField({ says, onChange }: Props) {
  const { t } = useWords()
  const shown = LANGUAGES.filter(language => language === 'zh' || says[language] !== undefined)
  const others = LANGUAGES.filter(language => !shown.includes(language))
  return (
    <>
      {shown.map(language => (
        <SaidField
          key={language}
          language={language}
          said={says[language] ?? NOTHING}
          onChange={(said, typed) => onChange({ ...says, [language]: said }, typed ? language : undefined)}
          onRemove={() => {
            const { [language]: _, ...rest } = says
            onChange(rest)
          }}
        />
      ))}
      <div className={styles.moreLanguages}>
        {others.map(language => (
          <Button
            key={language}
            size="small"
            type="dashed"
            onClick={() => onChange({ ...says, [language]: NOTHING })}
          >
            {t('ivr.panel.add-language', { language: t(`ivr.language.${language}`) })}
          </Button>
        ))}
      </div>
    </>
  )
}

interface SaidProps {
  readonly language: Language
  readonly said: Said
  readonly onChange: (said: Said, typed: boolean) => void
  readonly onRemove: () => void
}

function SaidField({ language, said, onChange, onRemove }: SaidProps) {
  const { t } = useWords()
  const listening = useListening()
  const spoken = `/api/ivr/speech?${new URLSearchParams({ language, text: said.text.trim() })}`
  const source = said.recording === null ? spoken : `/api/ivr/sounds/${said.recording}`
  const nothing = said.recording === null && said.text.trim() === ''
  return (
    <div className={styles.said}>
      <div className={styles.saidHead}>
        <b>{t(`ivr.language.${language}`)}</b>
        <RecordingSelect said={said} onChange={recording => onChange({ ...said, recording }, false)} />
        <Button
          size="small"
          icon={listening.on ? <PauseOutlined /> : <CaretRightFilled />}
          loading={listening.waiting}
          disabled={nothing}
          onClick={() => (listening.on ? listening.stop() : listening.play(source))}
          data-testid={`ivr-listen-${language}`}
          data-playing={listening.on}
        >
          {t(listening.on ? 'ivr.listen.stop' : 'ivr.listen')}
        </Button>
        {language !== 'zh' && (
          <Button
            size="small"
            type="text"
            icon={<CloseOutlined />}
            aria-label={t('ivr.recording.remove')}
            onClick={onRemove}
          />
        )}
      </div>
      <Input.TextArea
        value={said.text}
        autoSize={{ minRows: 2, maxRows: 7 }}
        maxLength={300}
        showCount
        placeholder={t('ivr.panel.says.hint')}
        aria-label={t(`ivr.language.${language}`)}
        onChange={event => onChange({ ...said, text: event.target.value }, true)}
        data-testid={`ivr-text-${language}`}
      />
    </div>
  )
}

/** The city's own recordings, and the way to bring in one more. */
function RecordingSelect({ said, onChange }: { said: Said; onChange: (id: string | null) => void }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const file = useRef<HTMLInputElement>(null)
  const recordings = useRecordings()
  const uploading = useMutation({
    mutationFn: (wav: File) =>
      post<RecordingView>(
        `/api/ivr/recordings?${new URLSearchParams({ name: wav.name })}`,
        new Blob([wav], { type: 'audio/wav' }),
      ),
    async onSuccess({ id }) {
      await queries.invalidateQueries({ queryKey: ['ivr', 'recordings'] })
      onChange(id)
    },
    onError(error) {
      const problem = error instanceof Problem ? error.fields.recording : undefined
      message.error(problem === undefined ? t(problemKey(error)) : problemText(t, { at: null, problem }))
    },
  })
  const known = recordings.data ?? []
  const lost = said.recording !== null && !known.some(({ id }) => id === said.recording)
  return (
    <>
      <Select
        size="small"
        className={styles.recording ?? ''}
        aria-label={t('ivr.recording')}
        value={said.recording ?? ''}
        loading={uploading.isPending}
        onChange={value =>
          value === 'upload' ? file.current?.click() : onChange(value === '' ? null : value)
        }
        options={[
          { value: '', label: t('ivr.recording.none') },
          ...known.map(({ id, name, durationMs }) => ({
            value: id,
            label: `${name}（${Math.round(durationMs / 1_000)} ${t('ivr.panel.seconds')}）`,
          })),
          ...(lost ? [{ value: said.recording, label: t('ivr.recording.lost') }] : []),
          {
            value: 'upload',
            label: (
              <>
                <UploadOutlined /> {t('ivr.recording.upload')}
              </>
            ),
          },
        ]}
      />
      <input
        ref={file}
        type="file"
        accept=".wav,audio/wav"
        hidden
        onChange={event => {
          const [wav] = event.target.files ?? []
          if (wav !== undefined) uploading.mutate(wav)
          event.target.value = ''
        }}
        data-testid="ivr-upload"
      />
    </>
  )
}
