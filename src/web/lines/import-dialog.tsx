import { UploadOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, App, Button, Input, Modal } from 'antd'
import { useState } from 'react'
import type { LineImport } from '../../floor/lines/schema.ts'
import { codeOf, Problem, post } from '../kit/api.ts'
import { useWords } from '../kit/language.tsx'
import { problemKey } from '../kit/problem-text.ts'
import { type PlainTextKey, TEXTS } from '../kit/texts.ts'
import { wrongKey } from '../settings/field.tsx'
import styles from './lines.module.css'
import { textOfFile } from './text-of-file.ts'

/** A table of lines is looked at first, row by row; only a table without a wrong row can be imported. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [csv, setCsv] = useState('')
  const check = useMutation({
    mutationFn: (text: string) => post<LineImport>('/api/lines/import?dryRun=true', { csv: text }),
  })
  const save = useMutation({
    mutationFn: () => post<LineImport>('/api/lines/import', { csv }),
    onSuccess(done) {
      message.success(t('lines.import.done', { count: changing(done) }))
      client.invalidateQueries({ queryKey: ['lines'] })
      onClose()
    },
    // Somebody may have changed a queue since: the check says which rows that concerns.
    onError: () => check.mutate(csv),
  })
  const take = (text: string) => {
    setCsv(text)
    check.reset()
    save.reset()
  }
  const checked = check.data
  const wrong = checked?.rows.filter(row => row.what === 'wrong').length ?? 0
  const count = checked === undefined ? 0 : changing(checked)
  return (
    <Modal
      open
      width={920}
      title={t('lines.import.title')}
      onCancel={onClose}
      data-testid="import"
      footer={
        <>
          <Button onClick={onClose}>{t('settings.cancel')}</Button>
          <Button
            disabled={csv.trim() === ''}
            loading={check.isPending}
            onClick={() => check.mutate(csv)}
            data-testid="import-check"
          >
            {t('lines.import.check')}
          </Button>
          <Button
            type="primary"
            disabled={checked === undefined || wrong > 0 || count === 0}
            loading={save.isPending}
            onClick={() => save.mutate()}
            data-testid="import-do"
          >
            {checked !== undefined && wrong === 0 && count === 0
              ? t('lines.import.nothing')
              : t('lines.import.do', { count })}
          </Button>
        </>
      }
    >
      <p>{t('lines.import.what')}</p>
      <FileChoice
        onText={text => {
          take(text)
          check.mutate(text)
        }}
      />
      <Input.TextArea
        rows={checked === undefined ? 8 : 3}
        value={csv}
        onChange={event => take(event.target.value)}
        placeholder={t('lines.import.paste')}
        data-testid="import-text"
      />
      {check.isError && <Lacking error={check.error} />}
      {checked !== undefined && <Rows checked={checked} wrong={wrong} />}
    </Modal>
  )
}

function changing({ rows }: LineImport): number {
  return rows.filter(({ what }) => what === 'new' || what === 'changed').length
}

function FileChoice({ onText }: { readonly onText: (text: string) => void }) {
  const { t } = useWords()
  const { message } = App.useApp()
  return (
    <label className={styles.file}>
      <UploadOutlined /> {t('lines.import.file')}
      <input
        type="file"
        accept=".csv,.txt,.tsv"
        onChange={event => {
          const [file] = event.target.files ?? []
          if (file === undefined) return
          file
            .arrayBuffer()
            .then(bytes => onText(textOfFile(bytes)))
            .catch(() => message.error(t('lines.import.unreadable')))
          // The same file, saved anew, can be chosen again.
          event.target.value = ''
        }}
        data-testid="import-file"
      />
    </label>
  )
}

/** The service names the columns that are not there; anything else is said as usual. */
function Lacking({ error }: { readonly error: Error }) {
  const { t } = useWords()
  const columns = error instanceof Problem ? Object.keys(error.fields) : []
  const text =
    codeOf(error) === 'bad-input' && columns.length > 0 && !columns.includes('csv')
      ? t('lines.import.lacking', { columns: columns.map(name => t(columnKey(name))).join('、') })
      : t(problemKey(error))
  return <Alert className={styles.report ?? ''} type="error" showIcon title={text} />
}

function Rows({ checked, wrong }: { readonly checked: LineImport; readonly wrong: number }) {
  const { t } = useWords()
  const count = (what: LineImport['rows'][number]['what']) =>
    checked.rows.filter(row => row.what === what).length
  const first = checked.rows.toSorted((a, b) => Number(b.what === 'wrong') - Number(a.what === 'wrong'))
  return (
    <>
      <Alert
        className={styles.report ?? ''}
        type={wrong > 0 ? 'error' : 'success'}
        showIcon
        title={wrong > 0 ? t('lines.import.wrong', { count: wrong }) : t('lines.import.right')}
        description={[
          t('lines.import.new', { count: count('new') }),
          t('lines.import.changed', { count: count('changed') }),
          t('lines.import.same', { count: count('same') }),
          t('lines.import.wrong-rows', { count: wrong }),
        ].join(' · ')}
        data-testid="import-report"
      />
      <div className={styles.rows}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th>{t('lines.import.row')}</th>
              <th>{t('lines.number')}</th>
              <th>{t('lines.name')}</th>
              <th>{t('lines.import.outcome')}</th>
            </tr>
          </thead>
          <tbody>
            {first.map(row => (
              <tr key={row.row} data-what={row.what} data-testid={`import-row-${row.row}`}>
                <td>{row.row}</td>
                <td>{row.number}</td>
                <td>{row.name}</td>
                <td>
                  <RowOutcome row={row} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

function RowOutcome({ row }: { readonly row: LineImport['rows'][number] }) {
  const { t } = useWords()
  switch (row.what) {
    case 'new':
      return t('lines.import.is-new')
    case 'same':
      return t('lines.import.is-same')
    case 'changed':
      return t('lines.import.is-changed', { fields: row.fields.map(name => t(columnKey(name))).join('、') })
    case 'wrong':
      return (
        <span className={styles.wrong}>
          {Object.entries(row.problems)
            .map(([column, what]) => `${t(columnKey(column))}：${t(wrongKey(what))}`)
            .join('；')}
        </span>
      )
  }
}

type ColumnKey = Extract<PlainTextKey, `lines.${string}`>

function columnKey(name: string): ColumnKey {
  const key = `lines.${name}`
  return isColumnKey(key) ? key : 'lines.name'
}

function isColumnKey(key: string): key is ColumnKey {
  return key in TEXTS
}
