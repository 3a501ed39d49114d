-- Neovim edits a stack file with the help of `sinew lsp`, and writes down what it saw. Any version from 0.7 will do.
local file, seen = vim.env.SINEW_FILE, {}
vim.cmd('edit ' .. vim.fn.fnameescape(file))
local buffer = vim.api.nvim_get_current_buf()
local id = vim.lsp.start_client({ name = 'sinew', cmd = { vim.env.SINEW, 'lsp' }, root_dir = vim.fn.fnamemodify(file, ':h') })
vim.lsp.buf_attach_client(buffer, id)

local function until_so(what)
  return vim.wait(30000, what, 20)
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
end

local function codes()
  local all = {}
  for _, one in ipairs(vim.diagnostic.get(buffer)) do
    all[#all + 1] = one.code or (one.user_data and one.user_data.lsp and one.user_data.lsp.code)
  end
  return all
end

local function has(code)
  return vim.tbl_contains(codes(), code)
end

local function go(pattern)
  vim.fn.cursor(1, 1)
  vim.fn.search(pattern, 'c')
end

local function ask(method, params)
  local answers = vim.lsp.buf_request_sync(buffer, method, params or vim.lsp.util.make_position_params(0, 'utf-16'), 30000)
  local answer = (answers or {})[id] or {}
  assert(not answer.error, vim.inspect(answer.error))
  return answer.result
end

-- A problem, and its fix as the editor makes it.
until_so(function() return has('unknown-word') end)
seen.problems = codes()
go('crmm')
local params = vim.lsp.util.make_range_params(0, 'utf-16')
params.context = { diagnostics = {} }
for _, action in ipairs(ask('textDocument/codeAction', params)) do
  if action.title == 'Write `crm`' then
    vim.lsp.util.apply_workspace_edit(action.edit, 'utf-16')
  end
end
seen.fixed = text()

-- What is found once the file is right.
until_so(function() return has('manual-handoff') end)
seen.findings = codes()

-- An edit that the editor asks for once it is chosen.
go('mailer:')
params = vim.lsp.util.make_range_params(0, 'utf-16')
params.context = { diagnostics = {} }
for _, action in ipairs(ask('textDocument/codeAction', params)) do
  if action.title:find('interfaces: [rest]', 1, true) then
    local whole = action.edit and action or ask('codeAction/resolve', action)
    vim.lsp.util.apply_workspace_edit(whole.edit, 'utf-16')
  end
end
seen.interfaces = text()

go('from: crm')
vim.fn.search('crm', 'c')
seen.hover = ask('textDocument/hover').contents.value
vim.lsp.buf.definition()
until_so(function() return vim.fn.line('.') == 8 end)
seen.line = vim.fn.line('.')

go('performer: ')
vim.fn.search('ops', 'c')
seen.completed = {}
for _, item in ipairs(ask('textDocument/completion').items) do
  seen.completed[#seen.completed + 1] = item.label
end

go('mailer:')
vim.lsp.buf.rename('marketo')
until_so(function() return text():find('at: marketo', 1, true) end)
seen.renamed = text()

-- Letters that take two units, typed in the middle of the file.
vim.api.nvim_buf_set_lines(buffer, 1, 2, false, { 'name: "😀 Us"' })
vim.api.nvim_buf_set_lines(buffer, 2, 3, false, { 'currency: 😀, knd: x' })
vim.api.nvim_buf_set_lines(buffer, 2, 3, false, { 'currency: USD' })
seen.symbols = {}
for _, one in ipairs(ask('textDocument/documentSymbol', { textDocument = vim.lsp.util.make_text_document_params() })) do
  seen.symbols[#seen.symbols + 1] = one.name
end

vim.lsp.stop_client(id)
local stopped = until_so(function() return vim.lsp.client_is_stopped(id) end)
seen.stopped = stopped
local out = io.open(vim.env.SINEW_SEEN, 'w')
out:write(vim.fn.json_encode(seen))
out:close()
vim.cmd('qa!')
