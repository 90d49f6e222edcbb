import { DownloadOutlined } from '@ant-design/icons'
import { App, Button, Popover, Tooltip } from 'antd'
import { useState } from 'react'
import { useWords } from '../kit/language.tsx'
import { ExportPanel } from './export-panel.tsx'
import { useExport } from './use-export.ts'
import type { Filter } from './use-orders.ts'

/** For whoever may take lists away: the list that is looked at, as a file. It goes on when the panel is closed. */
export function ExportButton({ filter }: { readonly filter: Filter }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const [open, setOpen] = useState(false)
  const exporting = useExport()
  const running = exporting.state.at === 'running'
  const begin: typeof exporting.start = async (conditions, format) => {
    const done = await exporting.start(conditions, format)
    if (done) {
      setOpen(false)
      void message.success(t('export.done'))
    }
    return done
  }
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      content={<ExportPanel filter={filter} {...exporting} start={begin} />}
    >
      <Tooltip title={open ? null : t('export.title')}>
        <Button
          icon={<DownloadOutlined />}
          loading={running}
          aria-label={t('export.title')}
          data-testid="export"
        />
      </Tooltip>
    </Popover>
  )
}
