import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { slug } from 'github-slugger'
import { defineConfig, type DefaultTheme } from 'vitepress'
import { linksToRepository } from './links-to-repository.ts'

const docs = path.join(import.meta.dirname, '..')

const icon = readFileSync(path.join(docs, '..', 'apps', 'playground', 'src', 'page', 'icon.svg'), 'utf8')

const page = (text: string, link: string): DefaultTheme.SidebarItem => ({ text, link })

/** Pages that typedoc has written, and those of packages: neither has to be listed by hand. */
const pagesIn = (folder: string): DefaultTheme.SidebarItem[] =>
  existsSync(path.join(docs, folder))
    ? readdirSync(path.join(docs, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.md') && file !== 'index.md')
        .map((file) => file.slice(0, -'.md'.length))
        .toSorted()
        .map((name) => page(folder === 'decisions' ? name.replaceAll('-', ' ') : name, `/${folder}/${name}`))
    : []

const sidebar: DefaultTheme.SidebarItem[] = [
  {
    text: 'Start',
    items: [page('Your endpoint in 60 seconds', '/start/your-endpoint'), page('Without AWS', '/start/without-aws')],
  },
  {
    text: 'Guides',
    items: [
      page('Choose a container', '/guides/choose-a-container'),
      page('Stream to a browser', '/guides/stream-to-a-browser'),
      page('Tools', '/guides/tools'),
      page('JSON', '/guides/json'),
      page('Reasoning', '/guides/reasoning'),
      page('Embeddings and RAG', '/guides/embeddings-and-rag'),
      page('Tests with faults', '/guides/tests-with-faults'),
      page('Scale', '/guides/scale'),
      page('Observability', '/guides/observability'),
      page('Errors', '/guides/errors'),
      page('Cost and limits', '/guides/cost-and-limits'),
    ],
  },
  page('Recipes', '/recipes'),
  page('Containers', '/containers'),
  page('Migrating', '/migrating'),
  { text: 'Packages', items: pagesIn('packages') },
  { text: 'Reference', collapsed: true, items: pagesIn('api') },
  {
    text: 'About',
    collapsed: true,
    items: [
      page('Benchmarks', '/benchmarks'),
      page('Dependencies', '/dependencies'),
      page('Architecture', '/architecture'),
      page('Extending', '/extending'),
    ],
  },
  { text: 'Decisions', collapsed: true, items: pagesIn('decisions') },
]

export default defineConfig({
  title: 'SageMaker from TypeScript',
  description: 'Call models on Amazon SageMaker endpoints from TypeScript.',
  srcExclude: ['README.md'],
  outDir: path.join(docs, 'dist'),
  cacheDir: path.join(docs, 'node_modules', '.vitepress'),
  cleanUrls: true,
  head: [['link', { rel: 'icon', href: `data:image/svg+xml,${encodeURIComponent(icon)}` }]],
  // The search index is one chunk, which is loaded when the search is opened.
  vite: { build: { chunkSizeWarningLimit: 4000 } },
  markdown: {
    // As GitHub makes them: the pages are read there, too.
    anchor: { slugify: slug },
    config: (markdown) => linksToRepository(markdown, docs),
  },
  themeConfig: {
    siteTitle: 'sagemaker-typescript',
    // Pages for people first, then the reference.
    search: {
      provider: 'local',
      options: {
        miniSearch: {
          searchOptions: { boostDocument: (id: string) => (id.startsWith('/api/') ? 0.2 : 1) },
        },
      },
    },
    outline: [2, 3],
    nav: [
      { text: 'Start', link: '/start/your-endpoint' },
      { text: 'Guides', link: '/guides/stream-to-a-browser' },
      { text: 'Containers', link: '/containers' },
      { text: 'Reference', link: '/api/' },
    ],
    sidebar,
    socialLinks: [{ icon: 'github', link: 'https://github.com/x/sagemaker-typescript' }],
  },
})
