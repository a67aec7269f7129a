import '@fontsource-variable/inter'
import { createApp } from 'vue'
import PanelsPage from './PanelsPage.vue'

createApp(PanelsPage).mount('#app')
