using Lms.Web;

return await Commands.Root().Parse(args).InvokeAsync();
