return await Lms.Web.Commands.InvokeAsync(args);
