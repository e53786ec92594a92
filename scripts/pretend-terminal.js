// Loaded before the program (node --import) when its picture is taken: standard output says that it is a terminal.
const columns = Number(process.env['PICTURE_COLUMNS'] ?? 80)
Object.assign(process.stdout, {isTTY: true, columns, getWindowSize: () => [columns, 40]})
