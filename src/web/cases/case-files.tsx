import { PaperClipOutlined, UploadOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Input, Popconfirm } from 'antd'
import { useRef, useState } from 'react'
import type { Attachment } from '../../casework/attachments/schema.ts'
import { get, post } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { dateAndTime } from '../kit/time.ts'
import { useNow } from '../kit/use-now.ts'
import { attachmentsPath, sizeOf, useAttaching } from './attach.ts'
import frame from './case.module.css'
import styles from './case-files.module.css'

const SHOWN: ReadonlySet<string> = new Set(['jpg', 'png', 'webp'])

interface Props {
  readonly id: string
  /** Whoever can do nothing to the order adds nothing to it. */
  readonly mayAdd: boolean
}

/** Photos, sound and papers of an order: seen, added one after the other, withdrawn with a reason. */
export function CaseFiles({ id, mayAdd }: Props) {
  const { t } = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const path = attachmentsPath(id)
  const attach = useAttaching(id)
  const key = ['case', id, 'files']
  const files = useQuery({ queryKey: key, queryFn: () => get<readonly Attachment[]>(path) })
  const chooser = useRef<HTMLInputElement>(null)
  const [adding, setAdding] = useState<string | null>(null)
  const add = async (chosen: readonly File[]) => {
    await attach(chosen, setAdding)
    setAdding(null)
  }
  const withdraw = async (file: Attachment, reason: string) => {
    try {
      await post(`${path}/${file.id}/withdraw`, { reason })
    } catch (error) {
      void message.error(t(problemKey(error)))
    }
    await queries.invalidateQueries({ queryKey: ['case', id] })
  }
  return (
    <section className={frame.part} data-testid="case-files">
      <h3>{t('files.title')}</h3>
      {files.data?.length === 0 && <p className={frame.quiet}>{t('files.none')}</p>}
      <ul className={styles.files}>
        {files.data?.map(file => (
          <OneFile
            key={file.id}
            file={file}
            url={`${path}/${file.id}`}
            onWithdraw={mayAdd ? reason => withdraw(file, reason) : null}
          />
        ))}
      </ul>
      {mayAdd && (
        <>
          <input
            ref={chooser}
            type="file"
            multiple
            hidden
            data-testid="files-chooser"
            onChange={event => {
              const chosen = [...(event.target.files ?? [])]
              event.target.value = ''
              void add(chosen)
            }}
          />
          <Button
            icon={<UploadOutlined />}
            size="small"
            loading={adding !== null}
            onClick={() => chooser.current?.click()}
            data-testid="files-add"
          >
            {adding === null ? t('files.add') : t('files.adding', { name: adding })}
          </Button>
        </>
      )}
    </section>
  )
}

interface FileProps {
  readonly file: Attachment
  readonly url: string
  readonly onWithdraw: ((reason: string) => Promise<void>) | null
}

function OneFile({ file, url, onWithdraw }: FileProps) {
  const { t } = useWords()
  const now = useNow(false)
  const [reason, setReason] = useState('')
  if (file.withdrawn !== null) {
    const { byName, reason: why } = file.withdrawn
    return <li className={frame.past}>{t('files.withdrawn', { name: byName, reason: why })}</li>
  }
  return (
    <li data-testid="file">
      <a href={url} target="_blank" rel="noreferrer">
        {SHOWN.has(file.type) ? <img src={url} alt="" loading="lazy" /> : <PaperClipOutlined />}
        <span>{file.name}</span>
      </a>
      <small>
        {t('files.by', { name: file.addedByName, time: dateAndTime(file.addedAt, now) })} ·{' '}
        {sizeOf(file.bytes)}
      </small>
      {onWithdraw !== null && (
        <Popconfirm
          title={t('files.withdraw.why')}
          description={
            <Input value={reason} maxLength={200} onChange={event => setReason(event.target.value)} />
          }
          okButtonProps={{ disabled: reason.trim() === '' }}
          onConfirm={() => onWithdraw(reason)}
        >
          <Button type="link" size="small">
            {t('files.withdraw')}
          </Button>
        </Popconfirm>
      )}
    </li>
  )
}
