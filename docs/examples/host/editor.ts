import { createApp } from 'vue'
import '@lowgate/editor/style.css'
import Editor from './Editor.vue'

createApp(Editor).mount(document.body)
