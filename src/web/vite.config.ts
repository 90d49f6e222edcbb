import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Built by `vite build --config src/web/vite.config.ts --outDir DIR --emptyOutDir`; the service serves DIR at /. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    target: 'es2022',
    // Small pictures stay files: the content security policy then needs no data: sources.
    assetsInlineLimit: 0,
    // AntD alone is larger than Vite's warning; it is cached for as long as its hash stands.
    chunkSizeWarningLimit: 1_200,
    rolldownOptions: {
      output: {
        // A new desk must not make two hundred browsers load React and AntD again.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler|@tanstack)\// },
            { name: 'antd', test: /node_modules\/(antd|@ant-design|@rc-component|rc-[a-z-]+|dayjs)\// },
          ],
        },
      },
    },
  },
})
