using System.Collections.Frozen;

namespace Probity.Linkage;

/// <summary>What kind of body a legal form makes; forms of one class in two countries or languages are the same evidence.</summary>
internal enum LegalFormClass : byte
{
    /// <summary>The name carries no form that is known.</summary>
    None,

    /// <summary>A company whose form does not say which ("company", "corporation", "inc", "&amp; co").</summary>
    Company,

    /// <summary>A private company with limited liability, in the wording of the English-speaking world and Asia.</summary>
    Limited,

    /// <summary>A company limited by shares that may be offered, in the same wording.</summary>
    Stock,

    /// <summary>A partnership of any liability, in the same wording.</summary>
    Partnership,

    /// <summary>A private company with limited liability, in the wording of continental law ("GmbH", "S.à r.l.", "OOO").</summary>
    ContinentalLimited,

    /// <summary>A company limited by shares in that wording ("AG", "S.A.", "PAO").</summary>
    ContinentalStock,

    /// <summary>A partnership in that wording ("KG", "SNC").</summary>
    ContinentalPartnership,

    /// <summary>A cooperative or mutual.</summary>
    Cooperative,

    /// <summary>An association, foundation or other body without owners.</summary>
    Nonprofit,

    /// <summary>An enterprise of the state.</summary>
    State,
}

/// <summary>
/// Legal forms in the world's main languages and scripts, as they stand in names after <see cref="Transliteration"/> and without dots.
/// Sources: the GLEIF list of Entity Legal Forms (ISO 20275) for which forms exist in a jurisdiction; the classes are Probity's own.
/// </summary>
internal static class LegalForms
{
    private const int MostWords = 6;
    private const int MostLetters = 96;

    private static readonly FrozenDictionary<string, LegalFormClass> Forms = Read(
        (LegalFormClass.Company, "co; company; companies; corp; corporation; inc; incorporated; cie; compagnie; and co; and company; "
            + "corporacion; compania; cia; companhia; predpriiatie; kompaniia; korporatsiia; firma; the company; 公司; 集团公司; 集團公司; hoesa; kaisha; "
            + "unlimited company; uc; unltd; et cie; und co; y cia; e cia; co ltd; co limited; company limited; company ltd; i n c"),
        (LegalFormClass.Limited, "ltd; limited; limited company; lc; llc; limited liability company; limited liability co; l l c; l t d; "
            + "private limited; pvt ltd; pvt limited; pty ltd; pty; proprietary limited; pte ltd; pte; private limited company; cic; community interest company; "
            + "ab; aktiebolag; as; sharika dhat masuliyya mahduda; shmm; wll; llp company; fze; fzco; fzc; fz llc; "
            + "有限公司; 有限责任公司; 有限責任公司; 有限会社; 合同会社; yuhanhoesa; tnhh; cong ty tnhh; sdn bhd; bhd sdn; ltd sti; limited sirketi; sti; bm; bam"),
        (LegalFormClass.Stock, "plc; public limited company; p l c; jsc; joint stock company; joint stock co; open joint stock company; ojsc; closed joint stock company; cjsc; "
            + "public joint stock company; pjsc; publ; tbk; pt; bhd; berhad; kk; kabushiki kaisha; kabushiki gaisha; 株式会社; 股份有限公司; 股份公司; jusikhoesa; saog; saoc; qsc; psc"),
        (LegalFormClass.Partnership, "lp; l p; llp; l l p; lllp; limited partnership; limited liability partnership; general partnership; gp; partnership; partners lp; 合名会社; 合資会社; 有限合伙"),
        (LegalFormClass.ContinentalLimited, "gmbh; g m b h; gesellschaft mit beschrankter haftung; mbh; ggmbh; ug; ug haftungsbeschrankt; haftungsbeschrankt; unternehmergesellschaft; "
            + "sarl; s a r l; societe a responsabilite limitee; sprl; bvba; srl; s r l; eurl; sasu; sas; societe par actions simplifiee; selarl; "
            + "societa a responsabilita limitata; srls; societatea cu raspundere limitata; societate cu raspundere limitata; "
            + "sl; slu; sociedad limitada; sociedad de responsabilidad limitada; s de rl; s de rl de cv; lda; limitada; ltda; sociedade limitada; eireli; "
            + "bv; b v; besloten vennootschap; besloten vennootschap met beperkte aansprakelijkheid; aps; anpartsselskab; oy; osakeyhtio; "
            + "sp z oo; sp z o o; spolka z ograniczona odpowiedzialnoscia; spzoo; sro; s r o; spol sro; spolecnost s rucenim omezenym; spolocnost s rucenim obmedzenym; "
            + "kft; korlatolt felelossegu tarsasag; doo; d o o; drustvo s ogranicenom odgovornoscu; dooel; ood; eood; ooo; oooo; tov; too; tzov; "
            + "obshchestvo s ogranichennoi otvetstvennostiu; tovarystvo z obmezhenoiu vidpovidalnistiu; tovarishchestvo s ogranichennoi otvetstvennostiu; "
            + "uab; sia; ou; osauhing; epe; ike"),
        (LegalFormClass.ContinentalStock, "ag; aktiengesellschaft; kgaa; se; societas europaea; sa; s a; sociedad anonima; societe anonyme; sociedade anonima; "
            + "societe anonyme simplifiee; sa de cv; sab de cv; sociedad anonima de capital variable; saa; sac; sau; spa; s p a; societa per azioni; sca; sgps; "
            + "nv; n v; naamloze vennootschap; asa; allmennaksjeselskap; aksjeselskap; a s; aktieselskab; oyj; julkinen osakeyhtio; hf; ehf; "
            + "spolka akcyjna; akciova spolecnost; akciova spolocnost; nyrt; zrt; rt; dd; ad; ead; oao; pao; zao; ao; pat; prat; vat; "
            + "otkrytoe aktsionernoe obshchestvo; publichnoe aktsionernoe obshchestvo; zakrytoe aktsionernoe obshchestvo; aktsionernoe obshchestvo; "
            + "ae; anonimi etairia; anonim sirketi; anonim sirket; as sirketi; sal; tas; eesti aktsiaselts; aktsiaselts; akcine bendrove"),
        (LegalFormClass.ContinentalPartnership, "kg; kommanditgesellschaft; gmbh and co kg; gmbh und co kg; ag and co kg; ohg; offene handelsgesellschaft; gbr; gesellschaft burgerlichen rechts; partg; "
            + "snc; societe en nom collectif; scs; sas di; societa in accomandita semplice; cv; vof; maatschap; sci; scp; sc; societe civile; "
            + "ks; hb; handelsbolag; kb; kommanditbolag; sp k; sp j; spolka jawna; spolka komandytowa; bt; kda; sd"),
        (LegalFormClass.Cooperative, "coop; co op; cooperative; co operative; cooperative society; eg; genossenschaft; eingetragene genossenschaft; scic; scop; "
            + "cooperativa; s coop; cooperatie; osuuskunta; andelslag; ek for; ekonomisk forening; spoldzielnia; kooperativ; mutual; kooperatyv; 協同組合"),
        (LegalFormClass.Nonprofit, "ev; eingetragener verein; verein; stiftung; ggmbh stiftung; asbl; vzw; aisbl; association; assn; foundation; fondation; fundacion; fundacao; "
            + "fondazione; stichting; saatio; stiftelse; stiftelsen; fundacja; nadace; alapitvany; asociacion; associazione; onlus; npo; ngo; charity; cio; "
            + "ano; avtonomnaia nekommercheskaia organizatsiia; nekommercheskaia organizatsiia; fond; obshchestvennaia organizatsiia; "
            + "一般社団法人; 公益財団法人; 社会福祉法人; 医療法人; 学校法人; 基金会"),
        (LegalFormClass.State, "nhs trust; nhs foundation trust; health and social care trust; fgup; gup; mup; epic; regie; sem; federalnoe gosudarstvennoe unitarnoe predpriiatie; gosudarstvennoe predpriiatie; "
            + "gosudarstvennoe unitarnoe predpriiatie; munitsipalnoe unitarnoe predpriiatie; derzhavne pidpryiemstvo; rao; statsforetak; sf; kf"));

    private static readonly FrozenDictionary<string, LegalFormClass>.AlternateLookup<ReadOnlySpan<char>> Lookup = Forms.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Forms written without spaces at the end of a word, longest first ("SiemensAG", "北京某某有限公司").</summary>
    private static readonly (string Text, LegalFormClass Class)[] Suffixes =
        [.. Forms.Where(form => form.Key[0] > '\u2e80').OrderByDescending(form => form.Key.Length).ThenBy(form => form.Key, StringComparer.Ordinal).Select(form => (form.Key, form.Value))];

    /// <summary>Forms long enough to be recognised with a typing error.</summary>
    private static readonly FrozenDictionary<char, (string Text, LegalFormClass Class, int Words)[]> Long = Forms.Where(form => form.Key.Length >= 12)
        .OrderBy(form => form.Key, StringComparer.Ordinal)
        .GroupBy(form => LastWordInitial(form.Key), form => (form.Key, form.Value, form.Key.Count(' ') + 1))
        .ToFrozenDictionary(group => group.Key, group => group.ToArray());

    /// <summary>Words that begin a form: most words of names begin none.</summary>
    public static readonly FrozenSet<string> Beginnings = Forms.Keys.Select(form => form.Split(' ')[0]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>How many words before <paramref name="end"/> are a long legal form with one typing error; 0 where none is.</summary>
    public static int MistypedEnd(WordList words, int start, int end, out LegalFormClass form)
    {
        form = LegalFormClass.None;
        if (end <= start || words[end - 1].Length <= 4 || !Long.TryGetValue(words[end - 1][0], out (string Text, LegalFormClass Class, int Words)[]? forms))
        {
            return 0;
        }

        foreach ((string text, LegalFormClass found, int length) in forms)
        {
            if (end - length >= start && words[end - length][0] == text[0] && Within(words, end - length, end, text))
            {
                form = found;
                return length;
            }
        }

        return 0;
    }

    private static bool Within(WordList words, int start, int end, string text)
    {
        int length = end - start - 1;
        for (int i = start; i < end; i++)
        {
            length += words[i].Length;
        }

        Span<char> phrase = stackalloc char[MostLetters];
        return Math.Abs(length - text.Length) <= 1 && length <= MostLetters && EditDistance.Within(phrase[..Phrase(words, start, end, phrase)], text, 1);
    }

    /// <summary>Writes words with spaces between them as far as they fit; how many letters that is.</summary>
    private static int Phrase(WordList words, int start, int end, Span<char> phrase)
    {
        int length = 0;
        for (int i = start; i < end && length + words[i].Length + 1 <= phrase.Length; i++)
        {
            if (i > start)
            {
                phrase[length++] = ' ';
            }

            words[i].CopyTo(phrase[length..]);
            length += words[i].Length;
        }

        return length;
    }

    /// <summary>How many words from <paramref name="start"/> on are one legal form, the longest that is known; 0 where none begins there.</summary>
    /// <param name="words">The name's words.</param>
    /// <param name="start">A word that begins a form: see <see cref="Beginnings"/>.</param>
    /// <param name="end">The word before which the form ends at the latest.</param>
    /// <param name="form">Its class.</param>
    public static int LengthAt(WordList words, int start, int end, out LegalFormClass form)
    {
        form = LegalFormClass.None;
        int longest = 0;
        Span<char> phrase = stackalloc char[MostLetters];
        int length = 0;
        for (int i = start; i < end && i < start + MostWords && length + words[i].Length + 1 <= phrase.Length; i++)
        {
            if (i > start)
            {
                phrase[length++] = ' ';
            }

            words[i].CopyTo(phrase[length..]);
            length += words[i].Length;
            if (Lookup.TryGetValue(phrase[..length], out LegalFormClass found))
            {
                (form, longest) = (found, i - start + 1);
            }
        }

        return longest;
    }

    /// <summary>Takes a form in an unspaced script off the start or end of a word; the word itself where it carries none.</summary>
    public static ReadOnlySpan<char> Strip(ReadOnlySpan<char> word, out LegalFormClass form)
    {
        form = LegalFormClass.None;
        if (word[0] <= '\u2e80')
        {
            return word;
        }

        foreach ((string text, LegalFormClass suffix) in Suffixes)
        {
            if (word.Length > text.Length && (word.EndsWith(text, StringComparison.Ordinal) || word.StartsWith(text, StringComparison.Ordinal)))
            {
                form = suffix;
                return word.EndsWith(text, StringComparison.Ordinal) ? word[..^text.Length] : word[text.Length..];
            }
        }

        return word;
    }

    /// <summary>True where no body can have both: a company and a body without owners, or a body of the state.</summary>
    public static bool Clash(LegalFormClass one, LegalFormClass other) =>
        one != LegalFormClass.None && other != LegalFormClass.None && Side(one) != Side(other);

    /// <summary>True where two forms of one law differ, so that two bodies bear them: a "GmbH" and an "AG", an "LLC" and an "LP".</summary>
    public static bool Differ(LegalFormClass one, LegalFormClass other) => one != other && Law(one) != 0 && Law(one) == Law(other);

    private static int Law(LegalFormClass form) => form switch
    {
        LegalFormClass.Limited or LegalFormClass.Stock or LegalFormClass.Partnership => 1,
        LegalFormClass.ContinentalLimited or LegalFormClass.ContinentalStock or LegalFormClass.ContinentalPartnership => 2,
        _ => 0,
    };

    private static char LastWordInitial(string form) => form[form.LastIndexOf(' ') + 1];

    private static int Side(LegalFormClass form) => form switch
    {
        LegalFormClass.Nonprofit => 1,
        LegalFormClass.State => 2,
        _ => 0,
    };

    private static FrozenDictionary<string, LegalFormClass> Read(params (LegalFormClass Class, string Forms)[] table)
    {
        var forms = new Dictionary<string, LegalFormClass>(StringComparer.Ordinal);
        foreach ((LegalFormClass form, string text) in table)
        {
            foreach (string phrase in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                forms.TryAdd(phrase, form);
            }
        }

        return forms.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
