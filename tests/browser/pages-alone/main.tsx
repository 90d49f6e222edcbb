import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { App, ConfigProvider } from 'antd'
import zh from 'antd/locale/zh_CN.js'
import { createRoot } from 'react-dom/client'
import type { Me } from '../../../src/people/sessions/schema.ts'
import { get } from '../../../src/web/kit/api.ts'
import { LanguageProvider } from '../../../src/web/kit/language.tsx'
import { theme } from '../../../src/web/kit/theme.ts'
import MissedCallsPage from '../../../src/web/missed-calls/missed-calls-page.tsx'
import SeatHistoryPage from '../../../src/web/seat-history/seat-history-page.tsx'
import StatisticsPage from '../../../src/web/statistics/statistics-page.tsx'
import '../../../src/web/kit/styles.css'

/** Single pages without the shell round them, by the address behind the #. */
const PAGES = { statistics: StatisticsPage, 'missed-calls': MissedCallsPage, 'seat-history': SeatHistoryPage }

function Page() {
  const { data: me } = useQuery({ queryKey: ['session'], queryFn: () => get<Me>('/api/session') })
  const Shown = Object.entries(PAGES).find(([name]) => location.hash === `#${name}`)?.[1]
  if (me === undefined || Shown === undefined) return null
  return (
    <div style={{ height: '100vh' }}>
      <Shown me={me} />
    </div>
  )
}

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')
createRoot(root).render(
  <QueryClientProvider client={new QueryClient()}>
    <LanguageProvider>
      <ConfigProvider button={{ autoInsertSpace: false }} theme={theme} locale={zh.default}>
        <App className="app">
          <Page />
        </App>
      </ConfigProvider>
    </LanguageProvider>
  </QueryClientProvider>,
)
