namespace Lms.Standards.Scorm.DataModel;

/// <summary>The language codes of ISO 639-1 and ISO 639-2, those that were retired among them, one after the other.</summary>
internal static class Languages
{
    public const string TwoLetters =
        "aaabaeafakamanarasavayazbabebgbhbibmbnbobrbscacechcocrcscucvcydadedvdzeeeleneoeseteufafffifjfofrfygagdglgngugvhahehihohrhthuhy" +
        "hziaidieigiiikinioisitiuiwjajijvjwkakgkikjkkklkmknkokrkskukvkwkylalblglilnloltlulvmgmhmimkmlmnmomrmsmtmynanbndnengnlnnnonrnvny" +
        "ocojomorospapiplpsptqurmrnrorurwsascsdsesgshsiskslsmsnsosqsrssstsusvswtatetgthtitktltntotrtstttwtyugukuruzvevivowawoxhyiyozazh" +
        "zu";

    public const string ThreeLetters =
        "aarabkaceachadaadyafaafhafrainakaakkalbalealgaltamhanganpapaaraarcargarmarnarpartarwasmastathausavaaveawaaymazebadbaibakbalbam" +
        "banbaqbasbatbejbelbembenberbhobihbikbinbisblabntbodbosbrabrebtkbuabugbulburbyncadcaicarcatcaucebcelceschachbchechgchichkchmchn" +
        "chochpchrchuchvchycmccnrcopcorcoscpecpfcppcrecrhcrpcsbcuscymczedakdandardaydeldendeudgrdindivdoidradsbduadumdutdyudzoefiegyeka" +
        "ellelxengenmepoesteuseweewofanfaofasfatfijfilfinfiufonfrafrefrmfrofrrfrsfryfulfurgaagaygbagemgeogergezgilglagleglgglvgmhgohgon" +
        "gorgotgrbgrcgregrngswgujgwihaihathauhawhebherhilhimhinhithmnhmohrvhsbhunhuphyeibaiboiceidoiiiijoikuileiloinaincindineinhipkira" +
        "iroislitajavjbojpnjprjrbkaakabkackalkamkankarkaskatkaukawkazkbdkhakhikhmkhokikkinkirkmbkokkomkonkorkoskpekrckrlkrokrukuakumkur" +
        "kutladlahlamlaolatlavlezlimlinlitlollozltzlualublugluilunluolusmacmadmagmahmaimakmalmanmaomapmarmasmaymdfmdrmenmgamicminmismkd" +
        "mkhmlgmltmncmnimnomohmolmonmosmrimsamulmunmusmwlmwrmyamynmyvnahnainapnaunavnblndendondsnepnewnianicniunldnnonobnognonnornqonso" +
        "nubnwcnyanymnynnyonziociojioriormosaossotaotopaapagpalpampanpappaupeoperphiphnplipolponporprapropusquerajraprarroarohromronrum" +
        "runruprussadsagsahsaisalsamsansassatsccscnscoscrselsemsgasgnshnsidsinsiositslaslksloslvsmasmesmismjsmnsmosmssnasndsnksogsomson" +
        "sotspasqisrdsrnsrpsrrssasswsuksunsussuxswaswesycsyrtahtaitamtatteltemtertettgktglthatibtigtirtivtkltlhtlitmhtogtontpitsitsntso" +
        "tuktumtupturtuttvltwityvudmugauigukrumbundurduzbvaivenvievolvotwakwalwarwaswelwenwlnwolxalxhoyaoyapyidyorypkzapzblzenzghzhazho" +
        "zndzulzunzxxzza";

    private static readonly HashSet<string> Known = [.. Split(TwoLetters, 2), .. Split(ThreeLetters, 3)];

    /// <summary>Whether a language tag begins with a code that exists; <c>i-</c> and <c>x-</c> are the registry's and anybody's own.</summary>
    public static bool Has(string primary) =>
        Known.Contains(primary) || (primary.Length == 3 && string.CompareOrdinal(primary, "qaa") >= 0 && string.CompareOrdinal(primary, "qtz") <= 0);

    private static IEnumerable<string> Split(string codes, int length) =>
        Enumerable.Range(0, codes.Length / length).Select(i => codes.Substring(i * length, length));
}
